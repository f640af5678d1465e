// Goal: `rlo` finds an orchestrator in any stack that has one.
// Method: CloudFormation and Lambda answer with what a team's template says.
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { Template } from 'aws-cdk-lib/assertions';
import { mockClient } from 'aws-sdk-client-mock';
import { findOrchestrator } from '../../cli/aws/find-orchestrator.js';
import { RateLimitedOrchestrator } from '../../infra/rate-limited-orchestrator.js';
import { aLegacyApi } from './support/a-legacy-api.js';
import { aTeamStack, resolved } from './support/synthesized.js';

interface Lambda {
  readonly Properties: { readonly Environment: { readonly Variables: Readonly<Record<string, unknown>> } };
}

const { stack } = aTeamStack();
new RateLimitedOrchestrator(stack, 'AnyId', { config: aLegacyApi({ name: 'mail-provider', slots: 2 }) });
const template = Template.fromStack(stack);
const outputs = Object.entries(template.findOutputs('*')).map(([OutputKey, { Value }]) => ({
  OutputKey,
  OutputValue: resolved(Value),
}));

const cloudFormation = mockClient(CloudFormationClient);
const lambda = mockClient(LambdaClient);
const clients = { cloudFormation: new CloudFormationClient({}), lambda: new LambdaClient({}) };

beforeEach(() => {
  cloudFormation.reset();
  cloudFormation.on(DescribeStacksCommand, { StackName: 'Team' }).resolves({ Stacks: [stackWith(outputs)] });
  lambda.reset();
  lambda.on(GetFunctionConfigurationCommand).callsFake(({ FunctionName }: { FunctionName: string }) => {
    const { Properties } = template.findResources('AWS::Lambda::Function')[FunctionName] as Lambda;
    const { Variables } = Properties.Environment;
    const values = Object.entries(Variables).map(([name, value]) => [name, resolved(value)] as const);
    return { Environment: { Variables: Object.fromEntries(values) } };
  });
});

const stackWith = (Outputs: typeof outputs) => ({
  ...{ StackName: 'Team', CreationTime: new Date(0), StackStatus: 'CREATE_COMPLETE' as const },
  Outputs,
});

describe('an orchestrator in a stack of one’s own', () => {
  it.each(['legacy-api', 'mail-provider'])('is found by its name, whatever its id: %s', async (name) => {
    const { config, stateMachineArn, tableName, queueUrls } = await findOrchestrator(clients, 'Team', name);

    expect(config.name).toBe(name);
    const own = name === 'legacy-api' ? /^LegacyApi/ : /^AnyId/;
    for (const place of [stateMachineArn, tableName, ...Object.values(queueUrls)]) expect(place).toMatch(own);
  });

  it('is asked for by name where there are several', async () => {
    await expect(findOrchestrator(clients, 'Team', undefined)).rejects.toThrow(
      'stack Team has several orchestrators: LegacyApi, MailProvider; say which with --api',
    );
  });

  it('is looked for elsewhere where there is none', async () => {
    cloudFormation.on(DescribeStacksCommand).resolves({ Stacks: [stackWith([])] });

    await expect(findOrchestrator(clients, 'Team', undefined)).rejects.toThrow(
      'stack Team has no orchestrator; name the stack that has one with --stack, or add one and deploy it',
    );
  });
});
