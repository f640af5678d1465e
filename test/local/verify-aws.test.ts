import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { LOCAL_REGION } from '../../local/aws/account.js';
import { callbackProbes } from '../verify-aws/callback-probes.js';
import { namesFrom } from '../verify-aws/deployment.js';
import { receiveOrderProbe } from '../verify-aws/receive-order-probe.js';
import { type Finding, verify } from '../verify-aws/verify.js';
import { wakeUpProbe } from '../verify-aws/wake-up-probe.js';
import { type LocalStack, startLocalStack } from './support/local-stack.js';

describe('the questions to real AWS, put to the local run', () => {
  let stack: LocalStack;
  let findings: readonly Finding[];
  const cannotBeAsked = {
    name: 'broken',
    question: '?',
    assumed: '-',
    ask: () => Promise.reject(new Error('no')),
  };

  beforeAll(async () => {
    stack = await startLocalStack();
    const client = {
      endpoint: stack.aws.endpoint,
      region: LOCAL_REGION,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    };
    const [sqs, dynamo] = [new SQSClient(client), new DynamoDBClient(client)];
    const { deployment } = namesFrom(stack.aws.outputs, {
      api: 'legacy-api',
      operation: stack.sample.operation,
    });
    findings = await verify({ ...deployment, sfn: stack.sfn, sqs, dynamo }, [
      ...callbackProbes,
      receiveOrderProbe,
      wakeUpProbe(2),
      cannotBeAsked,
    ]);
    sqs.destroy();
    dynamo.destroy();
  }, 60_000);

  afterAll(() => stack.stop());

  const finding = (name: string) => findings.find(({ probe }) => probe === name);

  it('are answered as assumed for callbacks', () => {
    expect(finding('heartbeat-as-probe')?.asAssumed).toBe(true);
    expect(finding('oversized-output')?.asAssumed).toBe(true);
    expect(finding('closed-task')?.asAssumed).toBe(true);
  });

  it('are answered with figures for order and wake-up', () => {
    expect(finding('receive-order')?.seen).toMatch(/^\d+ of 200 later messages were served before it$/);
    expect(finding('wake-up')?.seen).toMatch(
      /^2 executions: median \d+ ms, longest \d+ ms end to end, 0 woken/,
    );
  });

  it('say so when they cannot be asked', () => {
    expect(finding('broken')).toMatchObject({ seen: 'not answered (Error)', asAssumed: null });
  });

  it('refuse outputs that lack what they need, by name', () => {
    expect(() => namesFrom({ XStateMachineArn: 'arn' }, { api: 'a', operation: 'b' })).toThrow(
      'the outputs lack QueueUrlHigh, TableName, DoorbellUrl, WorkerName',
    );
  });
});
