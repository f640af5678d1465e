import { setTimeout as sleep } from 'node:timers/promises';
import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import { type LocalStack, startLocalStack } from './support/local-stack.js';

describe('a worker process that is killed in the middle of a call', () => {
  const names = Array.from({ length: 60 }, (_, index) => `call-${index}`);
  let stack: LocalStack;

  beforeAll(async () => {
    stack = await startLocalStack({ latency: { medianMs: 200, p99Ms: 200 } });
    const { sfn, stateMachineArn, operation } = stack;
    for (const name of names) {
      const input = JSON.stringify({
        operation,
        priority: 'NORMAL',
        idempotencyKey: name,
        payload: { name },
      });
      await sfn.send(new StartExecutionCommand({ stateMachineArn, name, input }));
    }
    while (stack.calls.length < 10) await sleep(10);
    stack.aws.functions[0]?.killOne();
    await Promise.all(names.map((name) => stack.ended(name)));
  }, 90_000);

  afterAll(() => stack.stop());

  it('loses nothing: its message is served again after the visibility timeout', async () => {
    const statuses = await Promise.all(names.map(async (name) => (await stack.ended(name)).status));

    expect(new Set(statuses)).toEqual(new Set(['SUCCEEDED']));
    expect(stack.receives()).toBeGreaterThan(names.length);
    expect(stack.deadLettered()).toBe(0);
  });

  it('breaks neither the rate limit nor the cap on calls in flight', async () => {
    const { responses429, maxInFlight, worstWindowCalls } = await stack.legacyApi.figures();

    expect(responses429).toBe(0);
    expect(maxInFlight).toBeLessThanOrEqual(5);
    expect(worstWindowCalls).toBeLessThanOrEqual(20);
  });
});
