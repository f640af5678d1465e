import { OPEN_CONTROL } from '../../../../lambdas/core/control.js';
import { statusOf } from '../../../../lambdas/core/status/status.js';
import { aConfig } from '../../../support/a-config.js';
import { aSnapshot, SNAPSHOT_AT_MS as NOW_MS } from '../../../support/a-snapshot.js';

const MINUTE_MS = 60_000;
const PACE = { slots: 5, holdMs: 250 };

describe('statusOf', () => {
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

  it.each([
    ['will begin', 60, false],
    ['will begin before a call could end', 0, true],
    ['has begun', -1, true],
  ])('tells the maintenance that %s', (_, beginsInMinutes, holdsCalls) => {
    const at = (minutes: number) => new Date(Math.ceil(NOW_MS / MINUTE_MS) * MINUTE_MS + minutes * MINUTE_MS);
    const [from, until] = [at(beginsInMinutes), at(beginsInMinutes + 20)];
    const time = (instant: Date) => instant.toISOString().slice(11, 16);
    const config = aConfig({ maintenance: [{ from: time(from), to: time(until) }] });

    expect(statusOf(aSnapshot({ config })).maintenance).toEqual({
      holdsCalls,
      from: from.toISOString(),
      until: until.toISOString(),
    });
    expect(statusOf(aSnapshot()).maintenance).toBeNull();
  });
});
