import { setTimeout as sleep } from 'node:timers/promises';
import { workerOf } from '../../local/worker-of.js';
import { eventually } from './support/eventually.js';
import { startExecution } from './support/executions.js';
import { type LocalStack, startLocalStack } from './support/local-stack.js';

/** Longer than the slot lives that the execution's own event starts in vain. */
const SCHEDULED_IN_MS = 4_000;

/** Without its bell, the call would wait up to a minute for the sweeper. */
const SERVED_WITHIN_MS = 5_000;

describe('an execution whose call may not start yet', () => {
  let stack: LocalStack;

  beforeAll(async () => {
    stack = await startLocalStack();
  }, 30_000);

  afterAll(() => stack.stop());

  it('waits without a slot, and is called for as soon as it may', async () => {
    const dueMs = performance.now() + SCHEDULED_IN_MS;
    const notBefore = new Date(Date.now() + SCHEDULED_IN_MS).toISOString();

    await startExecution(stack, 'scheduled', {
      operation: stack.sample.operation,
      tenant: 'acme',
      notBefore,
    });
    await sleep(SCHEDULED_IN_MS - 500);
    const slotsBefore = workerOf(stack.aws).figures().running;
    await eventually(() => stack.calls.length === 1, SCHEDULED_IN_MS + SERVED_WITHIN_MS);

    expect(slotsBefore).toBe(0);
    expect(stack.calls[0]?.call.atMs).toBeGreaterThanOrEqual(dueMs - 10);
    expect(stack.calls[0]?.call.atMs).toBeLessThan(dueMs + SERVED_WITHIN_MS);
    expect(await stack.ended('scheduled')).toMatchObject({ status: 'SUCCEEDED' });
  });
});
