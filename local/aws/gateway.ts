import type { IncomingMessage, ServerResponse } from 'node:http';
import type { BucketService } from './bucket-service.js';
import { answerAboutDeployment, type Deployment } from './deployment-api.js';
import { backendOn, forward } from './forward.js';
import { forwardToS3, isForS3 } from './forward-to-s3.js';
import { forwardToSqs, queuePrefix, type SqsFront } from './forward-to-sqs.js';
import {
  BodyTooLargeError,
  JSON_1_0,
  type JsonApi,
  type JsonObject,
  type Listener,
  listen,
  LOOPBACK,
  readText,
  sendText,
} from './json-http.js';
import { CLOUDWATCH_SERVICE } from './metrics/cloudwatch-api.js';
import type { QueueService } from './queue-service.js';
import { SECRETS_SERVICE } from './secrets-api.js';
import type { TableService } from './table-service.js';

export interface GatewayParts {
  readonly port: number;
  readonly queueService: QueueService;
  readonly tableService: TableService;
  readonly bucketService: Pick<BucketService, 'port'>;
  readonly stepFunctions: JsonApi;
  readonly cloudWatch: JsonApi;
  readonly events: JsonApi;
  readonly secrets: JsonApi;
  /** Told of each receive from a queue that brought messages to somebody. */
  readonly onReceive: SqsFront['onReceive'];
  /** Told of each receive as it is asked for. @default - nobody listens */
  readonly onAsk?: SqsFront['onAsk'];
  /** Undefined until the stack stands. @default - there is never one */
  readonly deployment?: () => Deployment | undefined;
}

export interface Gateway {
  /** All that a client needs, as `AWS_ENDPOINT_URL`. */
  readonly endpoint: string;
  readonly queueUrl: (queueName: string) => string;
  stop(): Promise<void>;
}

/** All AWS APIs of the local run on one port, told apart by `X-Amz-Target`, which only CloudFormation, Lambda and S3 lack. */
export async function startGateway(parts: GatewayParts): Promise<Gateway> {
  const sqs = backendOn(parts.queueService.port);
  const dynamo = backendOn(parts.tableService.port);
  const s3 = backendOn(parts.bucketService.port);
  let endpoint = '';
  const route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (isForS3(request)) {
      forwardToS3(s3, request, response);
      return;
    }
    const target = String(request.headers['x-amz-target'] ?? '');
    const service = target.split('.')[0] ?? '';
    const text = await readText(request);
    if (service.startsWith('DynamoDB_')) {
      forward(dynamo, request, { body: text, signed: true }, response);
      return;
    }
    if (target === '' && answerAboutDeployment(parts.deployment ?? none, { request, text, response })) return;
    const api = apiFor(parts, service);
    if (service !== 'AmazonSQS' && api === undefined) {
      refuse(response, 'UnknownOperationException', unknownTarget(target));
      return;
    }
    const body = parseObject(text);
    if (body === undefined)
      refuse(response, 'SerializationException', 'the request body is not a JSON object');
    else if (api === undefined)
      forwardToSqs({ ...parts, endpoint, backend: sqs }, { target, request, body, response });
    else await answer(api, target, body, response);
  };
  const listener: Listener = await listen(parts.port, (request, response) => {
    route(request, response).catch((error: unknown) => fail(response, error));
  });
  endpoint = `http://${LOOPBACK}:${listener.port}`;
  return {
    endpoint,
    queueUrl: (queueName) => queuePrefix(endpoint) + queueName,
    stop: async () => {
      await listener.close();
      sqs.agent.destroy();
      dynamo.agent.destroy();
      s3.agent.destroy();
    },
  };
}

const none = (): undefined => undefined;

function apiFor(parts: GatewayParts, service: string): JsonApi | undefined {
  if (service === 'AWSStepFunctions') return parts.stepFunctions;
  if (service === 'AWSEvents') return parts.events;
  if (service === SECRETS_SERVICE) return parts.secrets;
  return service === CLOUDWATCH_SERVICE ? parts.cloudWatch : undefined;
}

async function answer(
  api: JsonApi,
  target: string,
  body: JsonObject,
  response: ServerResponse,
): Promise<void> {
  const result = await api(target, body);
  sendText(response, result.status, JSON_1_0, JSON.stringify(result.body));
}

/** Undefined for anything else; an empty body is a request without parameters. */
function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = text === '' ? {} : JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function unknownTarget(target: string): string {
  const named = target === '' ? 'a request without X-Amz-Target' : `"${target}"`;
  return `the local run does not serve ${named}; it serves SQS, DynamoDB, Step Functions, EventBridge, Secrets Manager and CloudWatch over AWS JSON, S3, and describes its stack and functions`;
}

function refuse(response: ServerResponse, __type: string, message: string): void {
  sendText(response, 400, JSON_1_0, JSON.stringify({ __type, message }));
}

function fail(response: ServerResponse, error: unknown): void {
  const tooLarge = error instanceof BodyTooLargeError;
  const __type = tooLarge ? 'RequestEntityTooLarge' : 'InternalFailure';
  const message = error instanceof Error ? error.message : String(error);
  sendText(response, tooLarge ? 413 : 500, JSON_1_0, JSON.stringify({ __type, message }));
}
