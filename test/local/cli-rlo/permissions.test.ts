// Goal: whoever may operate an orchestrator may use every command of rlo, and do nothing else.
// Method: the commands run through a proxy that notes what they ask of AWS, held against what grantOperate grants.
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { Template } from 'aws-cdk-lib/assertions';
import { AccountRootPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { LOCAL_REGION } from '../../../local/aws/account.js';
import { aTeamStack } from '../../infra/support/synthesized.js';
import { aTaskRequestBody } from '../../support/a-task-request.js';
import { eventually } from '../support/eventually.js';
import { type LocalStack, startLocalStack } from '../support/local-stack.js';
import { type RecordingProxy, startRecordingProxy } from '../support/recording-proxy.js';
import { type Answer, rlo, rloJson } from '../support/rlo.js';

interface PolicyResource {
  readonly Properties: {
    readonly PolicyDocument: {
      readonly Statement: readonly { readonly Action: string | readonly string[] }[];
    };
    readonly Roles: readonly { readonly Ref: string }[];
  };
}

function granted(): readonly string[] {
  const { stack, orchestrator } = aTeamStack();
  const role = new Role(stack, 'Operators', { assumedBy: new AccountRootPrincipal() });
  orchestrator.grantOperate(role);
  const policies = Object.values(
    Template.fromStack(stack).findResources('AWS::IAM::Policy'),
  ) as PolicyResource[];
  const actions = policies
    .filter(({ Properties }) => Properties.Roles.some(({ Ref }) => Ref.startsWith('Operators')))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement.flatMap(({ Action }) => Action));
  return [...new Set(actions)].sort();
}

describe('the permissions to operate', () => {
  let stack: LocalStack;
  let proxy: RecordingProxy;
  const failed: Answer[] = [];

  async function run(...args: readonly string[]): Promise<void> {
    const answer = await rlo(proxy.endpoint, ...args);
    if (answer.code !== 0) failed.push(answer);
  }

  beforeAll(async () => {
    stack = await startLocalStack();
    proxy = await startRecordingProxy(stack.aws.endpoint);
    const { operation } = stack.sample;
    await run('pause', 'batch');
    await run('start', operation, '--priority', 'BATCH', '--key', 'slow');
    const { executionArn } = await rloJson<{ readonly executionArn: string }>(
      ...([proxy.endpoint, 'start', 'chargeCard', '--priority', 'BATCH', '--key', 'dead'] as const),
    );
    await run('limit', '10/1s');
    await run('status');
    await run('list');
    await run('show', executionArn);
    await run('expedite', executionArn);
    await run('resume');
    await stack.ended(executionArn.split(':').at(-1) ?? '');
    await run('start', operation, '--key', 'waits', '--wait');
    await run('pause');
    const cancelled = await rloJson<{ readonly executionArn: string }>(proxy.endpoint, 'start', operation);
    await run('cancel', cancelled.executionArn);
    await run('redrive', cancelled.executionArn.split(':').at(-1) ?? '');
    await run('resume');
    await park([
      'not a task request',
      JSON.stringify(aTaskRequestBody({ operation: stack.sample.operation })),
    ]);
    await run('dead-letters', 'list');
    await rlo(proxy.endpoint, 'dead-letters', 'redrive', '--all');
    await run('dead-letters', 'discard', '--all');
  }, 240_000);

  afterAll(async () => {
    await proxy.stop();
    await stack.stop();
  });

  async function park(bodies: readonly string[]): Promise<void> {
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    const sqs = new SQSClient({ endpoint: stack.aws.endpoint, region: LOCAL_REGION, credentials });
    const QueueUrl = Object.entries(stack.aws.outputs).find(([name]) => name.endsWith('ParkedUrl'))?.[1];
    for (const MessageBody of bodies) await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
    sqs.destroy();
    await eventually(() => stack.deadLettered() >= bodies.length);
  }

  it('are those that the commands need', () => {
    expect(failed).toEqual([]);
    expect([...proxy.actions].sort()).toEqual(granted());
  });
});
