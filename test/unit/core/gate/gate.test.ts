import {
  breakerClosed,
  breakerOpened,
  closedUntilMs,
  type Gate,
  type GateChange,
  isSlowed,
  OPEN_GATE,
  probeClaimed,
  probeFailed,
  probeReleased,
  refused,
} from '../../../../lambdas/core/gate/gate.js';

const NOW_MS = 1_000_000;

const gate = (more: Partial<Gate> = {}): Gate => ({ ...OPEN_GATE, gateVersion: 7, ...more });
const open = (untilMs: number, opens = 1): Gate => gate({ breaker: { opens, untilMs } });
const refusal = (more: { callStartedMs?: number; gateUntilMs?: number } = {}) =>
  refused({ callStartedMs: NOW_MS - 100, nowMs: NOW_MS, gateUntilMs: NOW_MS + 2_000, ...more });

describe('the gate', () => {
  it.each<[string, GateChange, Gate, Partial<Gate>]>([
    [
      'closes and halves the rate when a call is refused',
      refusal(),
      gate(),
      { gateUntilMs: NOW_MS + 2_000, slowdown: { ratio: 0.5, sinceMs: NOW_MS + 2_000 } },
    ],
    [
      'stays closed for longer where that was asked for, and recovers from then',
      refusal(),
      gate({ gateUntilMs: NOW_MS + 9_000 }),
      { gateUntilMs: NOW_MS + 9_000, slowdown: { ratio: 0.5, sinceMs: NOW_MS + 9_000 } },
    ],
    [
      'closes for longer, at the same rate, for a call made before the last refusal was known',
      refusal(),
      gate({ gateUntilMs: NOW_MS + 500, slowdown: { ratio: 0.5, sinceMs: NOW_MS + 500 } }),
      { gateUntilMs: NOW_MS + 2_000, slowdown: { ratio: 0.5, sinceMs: NOW_MS + 2_000 } },
    ],
    ['opens the breaker', breakerOpened(NOW_MS), gate(), { breaker: { opens: 1, untilMs: NOW_MS + 5_000 } }],
    [
      'lets a slot claim the probe once the time of the breaker is over',
      probeClaimed(NOW_MS, NOW_MS + 20_000),
      open(NOW_MS, 3),
      { breaker: { opens: 3, untilMs: NOW_MS + 20_000 } },
    ],
    [
      'lets the next slot probe at once when a claim is given back',
      probeReleased(NOW_MS, NOW_MS + 20_000),
      open(NOW_MS + 20_000, 3),
      { breaker: { opens: 3, untilMs: NOW_MS } },
    ],
    [
      'opens the breaker for twice as long when the probe failed',
      probeFailed(NOW_MS, NOW_MS + 20_000),
      open(NOW_MS + 20_000, 2),
      { breaker: { opens: 3, untilMs: NOW_MS + 20_000 } },
    ],
    [
      'never opens the breaker for longer than a minute',
      probeFailed(NOW_MS, NOW_MS + 20_000),
      open(NOW_MS + 20_000, 40),
      { breaker: { opens: 41, untilMs: NOW_MS + 60_000 } },
    ],
    [
      'starts from the floor when the breaker closes',
      breakerClosed(NOW_MS),
      open(NOW_MS + 20_000, 2),
      { breaker: undefined, slowdown: { ratio: 0.1, sinceMs: NOW_MS } },
    ],
  ])('%s', (_what, change, before, changed) => {
    expect(change(before)).toEqual({ ...before, ...changed, gateVersion: 8 });
  });

  it.each<[string, GateChange, Gate]>([
    [
      'a shorter wait asked of a call made before the last refusal was known',
      refusal(),
      gate({ gateUntilMs: NOW_MS + 9_000, slowdown: { ratio: 0.5, sinceMs: NOW_MS + 9_000 } }),
    ],
    ['a second opening', breakerOpened(NOW_MS), open(NOW_MS + 5_000)],
    ['a claim before its time', probeClaimed(NOW_MS, NOW_MS + 20_000), open(NOW_MS + 1)],
    [
      'a claim while the legacy API wants no call',
      probeClaimed(NOW_MS, NOW_MS + 20_000),
      { ...open(NOW_MS), gateUntilMs: NOW_MS + 1 },
    ],
    ['a claim without a breaker', probeClaimed(NOW_MS, NOW_MS + 20_000), gate()],
    ['giving back a claim that ran out', probeReleased(NOW_MS, NOW_MS + 20_000), open(NOW_MS + 30_000)],
    ['a probe that failed after its claim ran out', probeFailed(NOW_MS, NOW_MS), open(NOW_MS + 30_000)],
    ['closing what is closed', breakerClosed(NOW_MS), gate()],
  ])('is not changed by %s', (_what, change, before) => {
    expect(change(before)).toBeUndefined();
  });

  it('is closed by the breaker and by the legacy API, whichever is longer', () => {
    expect(closedUntilMs({ ...open(500), gateUntilMs: 700 })).toBe(700);
    expect(closedUntilMs({ ...open(900), gateUntilMs: 700 })).toBe(900);
  });

  it.each([
    ['no', 'when nothing has happened', gate(), false],
    ['all', 'while the breaker is open', open(0), true],
    ['all', 'while the rate recovers', gate({ slowdown: { ratio: 0.5, sinceMs: NOW_MS - 14_999 } }), true],
    ['no', 'once it has recovered', gate({ slowdown: { ratio: 0.5, sinceMs: NOW_MS - 15_000 } }), false],
  ])('gives %s turns to the most urgent work %s', (_which, _when, state, slowed) => {
    expect(isSlowed(state, NOW_MS)).toBe(slowed);
  });
});
