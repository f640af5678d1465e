import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../support/eventually.js';
import { startExecution } from '../support/executions.js';
import { type LocalStack, startLocalStack } from '../support/local-stack.js';
import { type Answer, rlo, rloJson } from '../support/rlo.js';

const CALLS = 140;

/** Started once the limit is lower, so that calls are left however long a command took on a busy machine. */
const LATER = 60;

/** Five slots start at most 15 and 5 calls in a window of these, so that what a busy machine delays breaks nothing. */
const FULL = [{ calls: 19, windowMs: 1_000 }];
const HALF = [{ calls: 9, windowMs: 1_000 }];

/** Slots look every second; then the window with calls of the old pace has to pass. Twice that, for a busy machine. */
const OBEYED_WITHIN_MS = 4_000;

describe('rlo limit', () => {
  const names = Array.from({ length: CALLS }, (_, index) => `call-${index}`);
  let stack: LocalStack;
  let refused: Answer;
  let none: Answer;
  let malformed: Answer;
  let callsAtHalf = 0;
  let halfMs = 0;

  async function startAll(some: readonly string[]): Promise<void> {
    for (const name of some)
      await startExecution(stack, name, { operation: stack.sample.operation, priority: 'BATCH' });
  }

  beforeAll(async () => {
    stack = await startLocalStack({ limits: FULL });
    await startAll(names.slice(LATER));
    await eventually(() => stack.calls.length > 5, 10_000);
    refused = await rlo(stack.aws.endpoint, 'limit', '4/1s');
    await rloJson(stack.aws.endpoint, 'limit', '9/1s');
    await startAll(names.slice(0, LATER));
    await sleep(OBEYED_WITHIN_MS);
    stack.legacyApi.setLimits({ limits: HALF, inFlightMax: 5 });
    const [calls, atMs] = [stack.calls.length, performance.now()];
    await sleep(3_000);
    callsAtHalf = stack.calls.length - calls;
    halfMs = performance.now() - atMs;
    stack.legacyApi.setLimits({ limits: FULL, inFlightMax: 5 });
    await sleep(100);
    await rloJson(stack.aws.endpoint, 'limit', 'reset');
    none = await rlo(stack.aws.endpoint, 'limit', 'none');
    malformed = await rlo(stack.aws.endpoint, 'limit', '20');
    await Promise.all(names.map((name) => stack.ended(name)));
  }, 120_000);

  afterAll(() => stack.stop());

  it('breaks no limit on the way down, at the lower limit, or on the way up', async () => {
    const figures = await stack.legacyApi.figures();

    expect(figures.responses429).toBe(0);
    expect(figures.worstWindowCalls).toBeLessThanOrEqual(figures.limitCalls ?? 0);
    expect(figures.maxInFlight).toBeLessThanOrEqual(5);
    expect(callsAtHalf).toBeGreaterThan(0);
    expect(callsAtHalf).toBeLessThanOrEqual(Math.ceil(halfMs / 1_000 + 1) * 9);
  });

  it('refuses what slots would refuse, with exit code 1', () => {
    expect(refused.code).toBe(1);
    expect(refused.errors).toContain('leave some of the 5 slots without a call in a window');
  });

  it('refuses to remove the configured limits, and says which command returns to them', () => {
    expect(none.code).toBe(1);
    expect(none.errors).toContain('use `rlo limit reset` to return to them, or name at least one');
  });

  it('tells all that is allowed where it does not understand, with exit code 2', () => {
    expect(malformed.code).toBe(2);
    expect(malformed.errors).toContain(
      'such as 20/1s or 20/1s,10000/24h, or none. To return to the configured limits, use `rlo limit reset`',
    );
  });
});
