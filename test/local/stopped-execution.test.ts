import { StopExecutionCommand } from '@aws-sdk/client-sfn';
import { eventually } from './support/eventually.js';
import { startExecution } from './support/executions.js';
import { type LocalStack, startLocalStack } from './support/local-stack.js';

describe('executions that are stopped while they wait behind a saturated limit', () => {
  const ahead = Array.from({ length: 26 }, (_, index) => `ahead-${index}`);
  const stopped = Array.from({ length: 20 }, (_, index) => `stopped-${index}`);
  let stack: LocalStack;

  beforeAll(async () => {
    // Calls for more than five seconds: a message that waited longer is checked for a living task.
    stack = await startLocalStack({ limits: [{ calls: 4, windowMs: 1_000 }], concurrency: 2 });
    await Promise.all(ahead.map((name) => start(name)));
    const arns = await Promise.all(stopped.map((name) => start(name)));
    await start('behind');
    for (const executionArn of arns) await stack.sfn.send(new StopExecutionCommand({ executionArn }));
    await Promise.all([...ahead, 'behind'].map((name) => stack.ended(name)));
  }, 60_000);

  afterAll(() => stack.stop());

  const start = (name: string) =>
    startExecution(stack, name, { operation: stack.operation, idempotencyKey: name, payload: {} });

  it('never reach the legacy API', () => {
    const called = stack.calls.map(({ call }) => call.idempotencyKey);

    expect(called.filter((key) => stopped.includes(key ?? ''))).toEqual([]);
    expect(new Set(called)).toEqual(new Set([...ahead, 'behind']));
  });

  it('leave no message behind', async () => {
    const left = () => {
      const { visible, inFlight } = stack.aws.contents(stack.queueNames.NORMAL);
      return visible + inFlight;
    };

    await eventually(() => left() === 0);

    expect(stack.deadLettered()).toBe(0);
  });

  it('are told apart as aborted', async () => {
    const ends = await Promise.all(stopped.map((name) => stack.ended(name)));

    expect(new Set(ends.map(({ status }) => status))).toEqual(new Set(['ABORTED']));
  });
});
