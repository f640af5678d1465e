import { evaluateExpression, Expressions } from '../../../local/aws/step-functions/jsonata/expressions.js';
import { systemRandomness } from '../../../local/aws/step-functions/randomness.js';
import { systemTimers } from '../../../local/aws/step-functions/timers.js';

/** Holds this process up without a CPU, as a busy machine does. */
function sleepFor(durationMs: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, durationMs);
}

/** As it looks in a virtual machine that is held up: its CPU time goes on. */
function spinFor(durationMs: number): void {
  const endMs = performance.now() + durationMs;
  while (performance.now() < endMs);
}

describe('an evaluation whose process is held up', () => {
  it.each([
    ['without a CPU', sleepFor],
    ['while CPU time goes on', spinFor],
  ])('is not ended for that: %s', async (_how, holdUp) => {
    const timers = {
      ...systemTimers,
      nowMs: () => {
        holdUp(1_100);
        return 7;
      },
    };
    const expression = new Expressions(timers, systemRandomness).compile('$millis() + 1');

    expect(await evaluateExpression(expression, {})).toBe(8);
  });
});
