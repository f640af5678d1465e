/**
 * Time as the interpreter sees it, so that a test runs a week of waiting in a millisecond.
 *
 * A delay may be as long as Step Functions allows (99,999,999 seconds).
 */
export interface Timers {
  nowMs(): number;
  after(delayMs: number, run: () => void): { cancel(): void };
}

/** The longest delay that Node's own timers keep: a signed 32-bit number of milliseconds. */
const nodeDelayMaxMs = 2 ** 31 - 1;

/** The clock on the wall; delays beyond Node's limit of 24.8 days are waited out in several steps. */
export const systemTimers: Timers = {
  nowMs: () => Date.now(),
  after: (delayMs, run) => {
    let timer: NodeJS.Timeout;
    const wait = (remainingMs: number) => {
      const stepMs = Math.min(remainingMs, nodeDelayMaxMs);
      timer = setTimeout(() => (remainingMs > stepMs ? wait(remainingMs - stepMs) : run()), stepMs);
    };
    wait(delayMs);
    return { cancel: () => clearTimeout(timer) };
  },
};
