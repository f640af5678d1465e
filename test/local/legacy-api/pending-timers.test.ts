import { PendingTimers } from '../../../local/legacy-api/pending-timers.js';

describe('PendingTimers', () => {
  const timers = new PendingTimers();

  afterAll(() => timers.clear());

  it('never fires early, not by a fraction of a millisecond', async () => {
    const startMs = performance.now();
    const duesMs = Array.from({ length: 500 }, (_, index) => startMs + 20 + index / 10);

    const earlyMs = await Promise.all(
      duesMs.map(
        (dueMs) => new Promise((resolve) => timers.at(dueMs, () => resolve(dueMs - performance.now()))),
      ),
    );

    expect(earlyMs.filter((ms) => Number(ms) > 0)).toEqual([]);
  });
});
