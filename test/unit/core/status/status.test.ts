import { OPEN_CONTROL } from '../../../../lambdas/core/control.js';
import type { RateLimit } from '../../../../lambdas/core/pacing/hold.js';
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

  it('tells which limits are in force, and whether slots refuse them', () => {
    const config = aConfig({ limits: [{ calls: 20, windowMs: 1_000 }], slots: 5 });
    const limitsWith = (limits?: readonly RateLimit[]) =>
      statusOf(
        aSnapshot({ config, control: { ...OPEN_CONTROL, ...(limits === undefined ? {} : { limits }) } }),
      ).limits;

    expect(limitsWith()).toEqual({
      ...{ inForce: config.limits, from: 'configuration', fault: null },
      ...{ holdMs: 250, callsPerSecondMax: 20, quotaCallsLeft: null },
    });
    const lower = [{ calls: 10, windowMs: 1_000 }];
    expect(limitsWith(lower)).toMatchObject({
      ...{ inForce: lower, from: 'control record', fault: null, callsPerSecondMax: 10 },
    });
    expect(limitsWith([{ calls: 2, windowMs: 1_000 }])).toMatchObject({
      from: 'control record',
      fault: expect.stringMatching(/./) as string,
      ...{ callsPerSecondMax: 0, quotaCallsLeft: 0 },
    });
  });

  it('tells how long the oldest call of each class has waited, or at most', () => {
    const { at, classes } = statusOf(
      aSnapshot({
        oldest: {
          HIGH: { atMs: NOW_MS + 40, exact: true },
          NORMAL: { atMs: NOW_MS - 5_000, exact: false },
          BATCH: undefined,
        },
      }),
    );

    expect(at).toBe('2030-01-31T12:00:00.000Z');
    expect(classes).toMatchObject({
      HIGH: { oldestMs: 0, oldestIsAtMost: false },
      NORMAL: { oldestMs: 5_000, oldestIsAtMost: true, waiting: 20, inFlight: 2 },
      BATCH: { oldestMs: null, oldestIsAtMost: false },
    });
  });

  it('lets nothing drain before the gate opens', () => {
    const durationMs = (gateUntilMs: number) => {
      const { drain } = statusOf(aSnapshot({ control: { ...OPEN_CONTROL, gateUntilMs } })).classes.NORMAL;
      return drain.kind === 'after' ? drain.durationMs : undefined;
    };

    expect(durationMs(NOW_MS + 60_000)).toBe((durationMs(NOW_MS) ?? 0) + 60_000);
    expect(durationMs(NOW_MS - 60_000)).toBe(durationMs(NOW_MS));
  });

  it('tells the last failures, and nothing of what they do not have', () => {
    const failures = [
      { name: 'call-1', endedAtMs: NOW_MS, error: 'LegacyApi.Rejected', status: 'FAILED' },
      { name: 'call-2', endedAtMs: undefined, error: undefined, status: undefined },
    ];

    expect(statusOf(aSnapshot({ failures })).lastFailures).toEqual([
      { name: 'call-1', endedAt: '2030-01-31T12:00:00.000Z', error: 'LegacyApi.Rejected', status: 'FAILED' },
      { name: 'call-2', endedAt: null, error: null, status: null },
    ]);
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
