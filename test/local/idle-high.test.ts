import { workerOf } from '../../local/worker-of.js';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from './support/eventually.js';
import { startExecution } from './support/executions.js';
import { type LocalStack, startLocalStack } from './support/local-stack.js';

/** What is promised is 1.5 s; without its bell, the call would wait up to a minute for the sweeper. */
const SERVED_WITHIN_MS = 5_000;

describe('one HIGH execution on an idle stack', () => {
  let stack: LocalStack;

  beforeAll(async () => {
    stack = await startLocalStack();
    await sleep(500);
  }, 30_000);

  afterAll(() => stack.stop());

  it('is called for long before the sweeper rings', async () => {
    expect(workerOf(stack.aws).figures().running).toBe(0);
    const startedAtMs = performance.now();

    await startExecution(stack, 'urgent', {
      operation: stack.sample.operation,
      priority: 'HIGH',
      payload: {},
    });
    await eventually(() => stack.calls.length === 1, SERVED_WITHIN_MS);
    const { status } = await stack.ended('urgent');

    expect(stack.calls[0]?.call.atMs).toBeLessThan(startedAtMs + SERVED_WITHIN_MS);
    expect(status).toBe('SUCCEEDED');
  });

  it('leaves the stack idle again', async () => {
    await eventually(() => workerOf(stack.aws).figures().running === 0);

    expect(workerOf(stack.aws).figures().throttles).toBe(0);
  });
});
