import { type Gate, OPEN_GATE, refused } from '../../../../lambdas/core/gate/gate.js';

const NOW_MS = 1_000_000;
const SINCE_MS = NOW_MS - 50;

const slowed = (gateUntilMs: number, sinceMs = SINCE_MS): Gate => ({
  ...OPEN_GATE,
  gateUntilMs,
  slowdown: { ratio: 0.5, sinceMs },
});

const refusedAt = (callStartedMs: number, gateUntilMs: number) =>
  refused({ callStartedMs, nowMs: NOW_MS, gateUntilMs });

describe('a refusal while slots are slowed already', () => {
  it('halves the rate again where its call began at the very instant of the recovery', () => {
    const change = refusedAt(SINCE_MS, NOW_MS + 2_000);

    // A six-hundredth of the rate has come back in 50 ms.
    expect(change(slowed(0))?.slowdown?.ratio).toBeCloseTo((0.5 + 1 / 600) / 2, 9);
  });

  it('puts off the recovery until the gate opens, also where the gate stays as it is', () => {
    const change = refusedAt(SINCE_MS - 1, NOW_MS + 2_000);

    expect(change(slowed(NOW_MS + 9_000))).toMatchObject({
      gateUntilMs: NOW_MS + 9_000,
      slowdown: { ratio: 0.5, sinceMs: NOW_MS + 9_000 },
    });
  });

  it('closes the gate for longer, also where the recovery begins even later', () => {
    const change = refusedAt(NOW_MS - 100, NOW_MS + 2_000);

    expect(change(slowed(0, NOW_MS + 5_000))).toMatchObject({
      gateUntilMs: NOW_MS + 2_000,
      slowdown: { ratio: 0.5, sinceMs: NOW_MS + 5_000 },
    });
  });
});
