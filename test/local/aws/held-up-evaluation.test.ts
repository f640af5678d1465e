import { evaluateExpression, Expressions } from '../../../local/aws/step-functions/jsonata/expressions.js';
import { systemRandomness } from '../../../local/aws/step-functions/randomness.js';
import { systemTimers } from '../../../local/aws/step-functions/timers.js';

/** Holds this process up without a CPU, as a busy machine does. */
function holdUp(durationMs: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, durationMs);
}

describe('an evaluation whose process is held up', () => {
  it('is not ended for the time in which it had no CPU', async () => {
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
