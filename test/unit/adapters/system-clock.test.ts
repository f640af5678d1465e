import { SystemClock } from '../../../lambdas/adapters/system-clock.js';

const wallTimeMs = Date.now;
const monotonicMs = performance.now.bind(performance);

/** As when somebody, or NTP, sets the system's clock. */
function correctWallTime(nowMs: number): void {
  Date.now = () => nowMs;
}

afterEach(() => {
  Date.now = wallTimeMs;
  performance.now = monotonicMs;
});

describe('SystemClock', () => {
  it('tells whole milliseconds of wall time, never early', () => {
    const clock = new SystemClock();

    const beforeMs = Date.now();
    const nowMs = clock.nowMs();

    expect(Number.isInteger(nowMs)).toBe(true);
    expect(nowMs).toBeGreaterThanOrEqual(beforeMs);
    expect(nowMs).toBeLessThanOrEqual(Date.now() + 2);
  });

  it('rounds up, so that a hold counted from it never ends early', () => {
    correctWallTime(1_893_456_000_000);
    performance.now = () => 1_000;
    const clock = new SystemClock();

    performance.now = () => 1_000.25;

    expect(clock.nowMs()).toBe(1_893_456_000_001);
  });

  it('is not moved by a correction of the system clock', () => {
    const clock = new SystemClock();
    const nowMs = clock.nowMs();
    correctWallTime(0);

    const afterMs = clock.nowMs();

    expect(afterMs).toBeGreaterThanOrEqual(nowMs);
  });

  it('is wall time again once it is set', () => {
    const clock = new SystemClock();
    correctWallTime(1_893_456_000_000);

    clock.set();
    const nowMs = clock.nowMs();

    expect(nowMs - 1_893_456_000_000).toBeLessThan(1_000);
    expect(nowMs).toBeGreaterThanOrEqual(1_893_456_000_000);
  });

  it('never wakes a sleeper early', async () => {
    const clock = new SystemClock();

    for (let turn = 0; turn < 20; turn += 1) {
      const untilMs = clock.nowMs() + 1;
      await clock.sleepUntil(untilMs);

      expect(clock.nowMs()).toBeGreaterThanOrEqual(untilMs);
    }
  });

  it.each([0, -Infinity])('lets nobody sleep until %d, which has passed', async (instantMs) => {
    await expect(new SystemClock().sleepUntil(instantMs)).resolves.toBeUndefined();
  });
});
