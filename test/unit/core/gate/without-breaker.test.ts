import { closedUntilMs, OPEN_GATE, probeFailed, probeReleased } from '../../../../lambdas/core/gate/gate.js';

describe('a gate without a breaker', () => {
  it('opens when the legacy API said', () => {
    expect(closedUntilMs({ ...OPEN_GATE, gateUntilMs: 7_000 })).toBe(7_000);
  });

  it('has no probe to release', () => {
    expect(probeReleased(1_000, 9_000)(OPEN_GATE)).toBeUndefined();
  });

  it('has no probe that could fail', () => {
    expect(probeFailed(1_000, 9_000)(OPEN_GATE)).toBeUndefined();
  });
});
