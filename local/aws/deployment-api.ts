import type { IncomingMessage, ServerResponse } from 'node:http';
import { LOCAL_ACCOUNT_ID, LOCAL_REGION } from './account.js';
import { sendText } from './json-http.js';

/** What was deployed, as far as somebody who operates it asks. */
export interface Deployment {
  readonly outputs: Readonly<Record<string, string>>;
  /** The environment of this function as the template declares it; undefined where there is no such function. */
  variablesOf(functionName: string): Readonly<Record<string, string>> | undefined;
}

const FUNCTION_CONFIGURATION = /^\/2015-03-31\/functions\/([^/?]+)\/configuration(?:\?|$)/;

/**
 * Answers CloudFormation's DescribeStacks and Lambda's GetFunctionConfiguration, so that a tool finds a local stack as
 * it finds one in AWS. There is one stack, under whichever name it is asked for. False where the request is neither.
 */
export function answerAboutDeployment(
  deployment: () => Deployment | undefined,
  { request, text, response }: Exchange,
): boolean {
  const functionName = FUNCTION_CONFIGURATION.exec(request.url ?? '')?.[1];
  if (functionName !== undefined) {
    describeFunction(deployment(), decodeURIComponent(functionName), response);
    return true;
  }
  const form = new URLSearchParams(
    request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true ? text : '',
  );
  if (form.get('Action') !== 'DescribeStacks') return false;
  describeStack(deployment(), form.get('StackName') ?? 'local', response);
  return true;
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly text: string;
  readonly response: ServerResponse;
}

function describeFunction(deployment: Deployment | undefined, name: string, response: ServerResponse): void {
  const variables = deployment?.variablesOf(name);
  const FunctionArn = `arn:aws:lambda:${LOCAL_REGION}:${LOCAL_ACCOUNT_ID}:function:${name}`;
  if (variables === undefined) {
    response.setHeader('x-amzn-errortype', 'ResourceNotFoundException');
    const message = `Function not found: ${FunctionArn}`;
    sendText(response, 404, 'application/json', JSON.stringify({ Type: 'User', message }));
    return;
  }
  const answer = { FunctionName: name, FunctionArn, Environment: { Variables: variables } };
  sendText(response, 200, 'application/json', JSON.stringify(answer));
}

function describeStack(deployment: Deployment | undefined, name: string, response: ServerResponse): void {
  if (deployment === undefined) {
    const message = element('Message', `Stack with id ${name} does not exist`);
    const fault = element('Type', 'Sender') + element('Code', 'ValidationError') + message;
    sendText(response, 400, 'text/xml', `<ErrorResponse><Error>${fault}</Error></ErrorResponse>`);
    return;
  }
  const outputs = Object.entries(deployment.outputs).map(
    ([key, value]) => `<member>${element('OutputKey', key)}${element('OutputValue', value)}</member>`,
  );
  const stack = [
    element('StackName', name),
    element('StackId', `arn:aws:cloudformation:${LOCAL_REGION}:${LOCAL_ACCOUNT_ID}:stack/${name}/0`),
    element('StackStatus', 'CREATE_COMPLETE'),
    `<Outputs>${outputs.join('')}</Outputs>`,
  ].join('');
  sendText(
    response,
    200,
    'text/xml',
    `<DescribeStacksResponse><DescribeStacksResult><Stacks><member>${stack}</member></Stacks></DescribeStacksResult></DescribeStacksResponse>`,
  );
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

function element(name: string, value: string): string {
  return `<${name}>${value.replace(/[&<>]/g, (character) => ENTITIES[character] ?? '')}</${name}>`;
}
