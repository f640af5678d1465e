import { OPEN_CONTROL } from '../../../../lambdas/core/control.js';
import type { Snapshot } from '../../../../lambdas/core/status/snapshot.js';
import { statusOf } from '../../../../lambdas/core/status/status.js';
import { reasonText, waitingText } from '../../../../lambdas/core/status/waiting-text.js';
import { type Measured, whyWaiting } from '../../../../lambdas/core/status/why-waiting.js';
import { aConfig } from '../../../support/a-config.js';
import { aSnapshot, SNAPSHOT_AT_MS as NOW_MS } from '../../../support/a-snapshot.js';

const EMPTY = { waiting: 0, inFlight: 0 };
const ONLY_BATCH = { HIGH: EMPTY, NORMAL: EMPTY, BATCH: { waiting: 8, inFlight: 0 } };
const slotRecords = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    slotId: `slot-${index}`,
    pace: { slots: 5, holdMs: 265 },
    expiresAtMs: NOW_MS + 1,
  }));

/** All five slots serve, and only BATCH waits. */
const serving = (more: Partial<Snapshot> = {}) =>
  statusOf(aSnapshot({ queues: ONLY_BATCH, slotRecords: slotRecords(5), ...more }));

const sentence = (more: Partial<Snapshot>, measured: Measured = {}) => {
  const status = serving(more);
  return waitingText(status, whyWaiting(status, measured));
};
const control = (more: Partial<Snapshot['control']>) => ({ control: { ...OPEN_CONTROL, ...more } });

describe('why work waits', () => {
  it.each<[string, Partial<Snapshot>, Measured, string]>([
    ['nothing waits', { queues: { ...ONLY_BATCH, BATCH: EMPTY } }, {}, 'Nothing waits.'],
    [
      'it is at the limit',
      {},
      { serviceTimeMs: 50 },
      'BATCH waits because of the limit: 20/s is the most that it allows.',
    ],
    [
      'it is paused',
      control({ paused: ['BATCH'] }),
      {},
      'BATCH waits because of a pause, which lasts until somebody resumes.',
    ],
    [
      'the gate is closed',
      control({ gateUntilMs: NOW_MS + 2_400 }),
      {},
      'BATCH waits because the API refused calls and asked for quiet: the gate opens in 3 s.',
    ],
    [
      'the breaker is open',
      control({ breaker: { opens: 1, untilMs: NOW_MS + 5_000 } }),
      {},
      'BATCH waits because the API fails every call: the breaker is open, one call tries in 5 s.',
    ],
    [
      'a probe is due',
      control({ breaker: { opens: 1, untilMs: NOW_MS - 1 } }),
      {},
      'BATCH waits because the API fails every call: the breaker is open, one call tries now.',
    ],
    [
      'slots recover',
      control({ slowdown: { ratio: 0.5, sinceMs: NOW_MS } }),
      {},
      'BATCH waits because the API refused calls a moment ago: they go at 50 % of the rate, and recover.',
    ],
    [
      'slots refuse the limit',
      control({ limits: [{ calls: 2, windowMs: 1_000 }] }),
      {},
      'BATCH waits because the limit set by hand is one that slots refuse: nothing is called until it is changed.',
    ],
    [
      'calls outlast the hold',
      {},
      { serviceTimeMs: 500 },
      'BATCH waits because the API is slow: all 5 slots are in a call, and each takes 500 ms.',
    ],
    [
      'calls take just as long as the hold',
      {},
      { serviceTimeMs: 250 },
      'BATCH waits because of the limit: 20/s is the most that it allows.',
    ],
    [
      'nobody knows how long calls take',
      {},
      {},
      'BATCH waits because of the limit: 20/s is the most that it allows.',
    ],
    [
      'the gate opens at this instant',
      control({ breaker: { opens: 1, untilMs: NOW_MS } }),
      {},
      'BATCH waits because the API fails every call: the breaker is open, one call tries now.',
    ],
    ['no slot serves', { slotRecords: [] }, {}, 'BATCH waits for a slot to start: none serves.'],
    ['few slots serve', { slotRecords: slotRecords(2) }, {}, 'BATCH waits for more slots: 2 of 5 serve.'],
    [
      'only calls in flight are limited',
      { config: aConfig({ limits: [], slots: 5 }) },
      {},
      'BATCH waits for one of 5 slots: all are in a call.',
    ],
  ])('says so where %s', (_title, more, measured, expected) => {
    expect(sentence(more, measured)).toBe(expected);
  });

  it('gives no reason to a class of which nothing waits', () => {
    expect(whyWaiting(serving()).HIGH).toEqual({ kind: 'none' });
  });

  it('says that a quota is spent, and not that the API closed the gate', () => {
    const config = aConfig({ limits: [{ calls: 100, windowMs: 86_400_000 }], slots: 5 });
    const spent = {
      config,
      quotaBook: [{ calls: 100, untilMs: NOW_MS }],
      ...control({ gateUntilMs: NOW_MS + 9_000 }),
    };

    expect(sentence(spent)).toBe('BATCH waits because the quota is spent, until it renews.');
  });

  it('puts a class behind those that are more urgent, and gives those their own reason', () => {
    const queues = { ...ONLY_BATCH, HIGH: { waiting: 1, inFlight: 0 }, NORMAL: { waiting: 2, inFlight: 0 } };

    expect(sentence({ queues })).toBe(
      'HIGH waits because of the limit: 20/s is the most that it allows. NORMAL waits behind HIGH. BATCH waits behind HIGH and NORMAL.',
    );
  });

  it('puts no class behind one that is paused', () => {
    const queues = { ...ONLY_BATCH, NORMAL: { waiting: 2, inFlight: 0 } };

    expect(sentence({ queues, ...control({ paused: ['NORMAL'] }) })).toBe(
      'NORMAL waits because of a pause, which lasts until somebody resumes. BATCH waits because of the limit: 20/s is the most that it allows.',
    );
  });

  it('says that it is maintenance', () => {
    const config = aConfig({
      limits: [{ calls: 20, windowMs: 1_000 }],
      slots: 5,
      maintenance: [{ from: '11:55', to: '12:05' }],
    });

    expect(sentence({ config })).toMatch(
      /^BATCH waits for the end of a maintenance window: calls start in 5 min\.$/,
    );
  });

  it('says a reason that holds for several classes once', () => {
    const queues = { ...ONLY_BATCH, HIGH: { waiting: 1, inFlight: 0 } };

    expect(sentence({ queues, ...control({ gateUntilMs: NOW_MS + 1_000 }) })).toBe(
      'HIGH and BATCH wait because the API refused calls and asked for quiet: the gate opens in 1 s.',
    );
  });

  it('names every class that a reason holds for', () => {
    const one = { waiting: 1, inFlight: 0 };

    expect(sentence({ queues: { HIGH: one, NORMAL: one, BATCH: one }, slotRecords: [] })).toBe(
      'HIGH, NORMAL and BATCH wait for a slot to start: none serves.',
    );
  });

  it('says soon where nobody knows when', () => {
    expect(reasonText(serving(), { kind: 'gateClosed', until: null })).toBe(
      'because the API refused calls and asked for quiet: the gate opens soon',
    );
    expect(reasonText(serving(), { kind: 'none' })).toBeUndefined();
  });
});
