import type { Snapshot } from '../../../cli/status/snapshot.js';
import { statusText } from '../../../cli/status/status-text.js';
import { statusOf } from '../../../cli/status/status.js';
import { OPEN_CONTROL } from '../../../lambdas/core/control.js';
import { aConfig } from '../../support/a-config.js';

const NOW_MS = Date.parse('2030-01-31T12:00:00Z');
const EMPTY = { waiting: 0, inFlight: 0 };
const PACE = { slots: 5, holdMs: 250 };

function aSnapshot(more: Partial<Snapshot> = {}): Snapshot {
  return {
    atMs: NOW_MS,
    config: aConfig({ limits: [{ calls: 20, windowMs: 1_000 }], slots: 5 }),
    queues: { HIGH: EMPTY, NORMAL: { waiting: 20, inFlight: 2 }, BATCH: { waiting: 180, inFlight: 0 } },
    parked: 0,
    control: OPEN_CONTROL,
    slotRecords: [],
    quotaBook: [],
    oldest: {
      HIGH: undefined,
      NORMAL: { atMs: NOW_MS - 5_000, exact: true },
      BATCH: { atMs: NOW_MS - 9_000, exact: false },
    },
    failures: [],
    ...more,
  };
}

const lineOf = (snapshot: Snapshot, start: string) =>
  statusText(statusOf(snapshot))
    .split('\n')
    .find((line) => line.trimStart().startsWith(start));

describe('the status', () => {
  it('predicts the drain at the pace of the slots', () => {
    expect(lineOf(aSnapshot(), 'NORMAL')).toMatch(/20 +2 +5 s +1 s$/);
    expect(lineOf(aSnapshot(), 'BATCH')).toMatch(/180 +0 +at most 9 s +10 s$/);
  });

  it('says that messages wait for people', () => {
    expect(lineOf(aSnapshot({ parked: 3 }), 'Parked')).toContain('3 messages were given up');
  });

  it('says that an age is unknown', () => {
    const oldest = { HIGH: undefined, NORMAL: undefined, BATCH: undefined };

    expect(lineOf(aSnapshot({ oldest }), 'NORMAL')).toContain('unknown');
  });

  it('warns of limits in the control record that slots refuse', () => {
    const control = { ...OPEN_CONTROL, limits: [{ calls: 2, windowMs: 1_000 }] };

    expect(lineOf(aSnapshot({ control }), 'Limit')).toContain('REFUSED by the slots, no call is made');
  });

  it('counts what a quota has left', () => {
    const config = aConfig({ limits: [{ calls: 100, windowMs: 86_400_000 }], slots: 5 });
    const quotaBook = [{ calls: 70, untilMs: NOW_MS }];

    expect(statusOf(aSnapshot({ config, quotaBook }))).toMatchObject({
      limits: { quotaCallsLeft: 30, callsPerSecondMax: null },
      classes: { NORMAL: { drain: { kind: 'unpaced' } }, BATCH: { drain: { kind: 'outOfQuota' } } },
    });
  });

  it('counts no mark that slots leave behind as a slot', () => {
    const slotRecords = ['slot-1', 'resting 5 250'].map((slotId) => ({
      slotId,
      pace: PACE,
      expiresAtMs: NOW_MS + 1,
    }));

    expect(statusOf(aSnapshot({ slotRecords })).slots.records).toBe(1);
  });

  it.each([
    ['closed', { gateUntilMs: NOW_MS + 1_000 }],
    ['slowed', { slowdown: { ratio: 0.5, sinceMs: NOW_MS } }],
    ['breakerOpen', { breaker: { opens: 1, untilMs: NOW_MS + 1_000 } }],
    ['open', { gateUntilMs: NOW_MS }],
  ])('tells a gate that is %s', (state, gate) => {
    expect(statusOf(aSnapshot({ control: { ...OPEN_CONTROL, ...gate } })).gate.state).toBe(state);
  });
});
