import { closed, OPEN_GATE } from '../../../../lambdas/core/gate/gate.js';

const GATE = { ...OPEN_GATE, gateUntilMs: 5_000 };

describe('a gate that a spent quota closes', () => {
  it('is closed until the quota is renewed', () => {
    expect(closed(5_001)(GATE)).toMatchObject({ gateUntilMs: 5_001 });
  });

  it.each([4_999, 5_000])('is never closed for less than before: %i', (untilMs) => {
    expect(closed(untilMs)(GATE)).toBeUndefined();
  });
});
