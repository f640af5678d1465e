import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { LOCAL_REGION } from '../../local/aws/account.js';
import { eventually } from './support/eventually.js';
import { startExecution } from './support/executions.js';
import { type LocalStack, startLocalStack } from './support/local-stack.js';
import { type ScriptedApi, startScriptedApi } from './support/scripted-api.js';

describe('task tokens', () => {
  const names = Array.from({ length: 10 }, (_, index) => `call-${index}`);
  let api: ScriptedApi;
  let stack: LocalStack;
  let sqs: SQSClient;
  let queueUrl = '';
  let tokens: readonly string[] = [];

  beforeAll(async () => {
    // Some calls fail, because errors are where secrets leak.
    api = await startScriptedApi(
      Object.fromEntries(
        names.map((name, index) => [name, (answer) => answer.writeHead(index % 2 ? 200 : 400).end('{}')]),
      ),
    );
    const limits = [{ calls: 4, windowMs: 1_000 }];
    stack = await startLocalStack({ legacyUrl: api.url, limits, concurrency: 1 });
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    sqs = new SQSClient({ endpoint: stack.aws.endpoint, region: LOCAL_REGION, credentials });
    queueUrl = `${stack.aws.endpoint}/000000000000/${stack.queueNames.NORMAL}`;
    for (const name of names)
      await startExecution(stack, name, { operation: stack.sample.operation, idempotencyKey: name });
    tokens = await tokensInTheQueue();
    await Promise.all(names.map((name) => stack.ended(name)));
  }, 40_000);

  afterAll(async () => {
    sqs.destroy();
    await stack.stop();
    await api.stop();
  });

  /** Looks at the messages that wait, and leaves them to the worker. */
  async function tokensInTheQueue(): Promise<readonly string[]> {
    const look = { QueueUrl: queueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 1 };
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand(look));
    return Messages.map(({ Body = '' }) => (JSON.parse(Body) as { readonly taskToken: string }).taskToken);
  }

  it('appear in no line that the worker logs, whatever became of the call', () => {
    const logged = stack.logs.join('\n');

    expect(tokens.length).toBeGreaterThanOrEqual(4);
    expect(logged).toContain('call-0');
    expect(tokens.filter((token) => logged.includes(token))).toEqual([]);
  });

  it('appear in no line about a message that is not a task request', async () => {
    const taskToken = 'a-token-that-nobody-may-see';
    const MessageBody = JSON.stringify({ taskToken, operation: 7 });

    await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody }));
    await startExecution(stack, 'bell', { operation: stack.sample.operation, idempotencyKey: 'bell' });
    await eventually(() => stack.deadLettered() === 1, 10_000);

    expect(stack.logs.join('\n')).toContain('malformed');
    expect(stack.logs.join('\n')).not.toContain(taskToken);
  }, 15_000);
});
