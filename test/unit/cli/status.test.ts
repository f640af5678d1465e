import type { FullStatus } from '../../../cli/status/read-status.js';
import { statusText } from '../../../cli/status/status-text.js';
import { DAYS } from '../../../lambdas/core/contracts/maintenance.js';
import { OPEN_CONTROL } from '../../../lambdas/core/control.js';
import type { Snapshot } from '../../../lambdas/core/status/snapshot.js';
import { statusOf } from '../../../lambdas/core/status/status.js';
import { aSnapshot } from '../../support/a-snapshot.js';

const IDLE = {
  ...{ from: '2030-01-31T11:55:00.000Z', until: '2030-01-31T12:00:00.000Z', limitUsedRatio: 0 },
  ...{ callsStarted: 0, succeeded: 0, rejected: 0, unavailable: 0, outcomeUnknown: 0 },
  ...{ responseTooLarge: 0, throttled: 0, lateResults: 0 },
};

const NIGHTLY = { days: [...DAYS], from: '22:00', to: '23:30', timeZone: 'UTC' };

const lineOf = (snapshot: Snapshot, start: string, recent: FullStatus['recent'] = IDLE) =>
  statusText({ ...statusOf(snapshot), recent })
    .split('\n')
    // Below the name and the sentence that says who waits.
    .slice(3)
    .find((line) => line.trimStart().startsWith(start));

describe('the text of a status', () => {
  it('begins with who waits, and why', () => {
    const control = { ...OPEN_CONTROL, paused: ['BATCH'] as const };

    const [, , sentence] = statusText({ ...statusOf(aSnapshot({ control })), recent: IDLE }).split('\n');

    expect(sentence).toContain('BATCH waits because of a pause, which lasts until somebody resumes.');
  });

  it('predicts the drain at the pace of the slots', () => {
    expect(lineOf(aSnapshot(), 'NORMAL')).toMatch(/20 +2 +5 s +1 s$/);
    expect(lineOf(aSnapshot(), 'BATCH')).toMatch(/180 +0 +at most 9 s +10 s$/);
  });

  it('tells apart who is beyond an allowance', () => {
    const { queues } = aSnapshot();
    const BATCH = { waiting: 180, waitingBeyond: 170, inFlight: 0 };

    expect(lineOf(aSnapshot({ queues: { ...queues, BATCH } }), 'BATCH')).toMatch(/180 \(170 beyond\) +0 /);
  });

  it('says that messages wait for people', () => {
    expect(lineOf(aSnapshot({ parked: 3 }), 'Parked')).toContain('3 messages were given up');
  });

  it('says when maintenance begins, and until when it holds calls', () => {
    const snapshot = aSnapshot();
    const at = '2030-01-31T22:00:00.000Z';
    const config = { ...snapshot.config, maintenance: [NIGHTLY] };

    expect(lineOf({ ...snapshot, config, atMs: Date.parse(at) - 3_600_000 }, 'Gate')).toBe(
      'Gate     open; next maintenance from 2030-01-31 22:00:00 UTC to 2030-01-31 23:30:00 UTC',
    );
    expect(lineOf({ ...snapshot, config, atMs: Date.parse(at) }, 'Gate')).toBe(
      'Gate     maintenance until 2030-01-31 23:30:00 UTC; open',
    );
  });

  it('says that an age is unknown', () => {
    const oldest = { HIGH: undefined, NORMAL: undefined, BATCH: undefined };

    expect(lineOf(aSnapshot({ oldest }), 'NORMAL')).toContain('unknown');
  });

  it('warns of limits in the control record that slots refuse', () => {
    const control = { ...OPEN_CONTROL, limits: [{ calls: 2, windowMs: 1_000 }] };

    expect(lineOf(aSnapshot({ control }), 'Limit')).toContain('REFUSED by the slots, no call is made');
  });

  it('tells what the calls of the last minutes used of the limit and came to, leaving out what did not happen', () => {
    const recent = { ...IDLE, limitUsedRatio: 0.5, callsStarted: 3_000, succeeded: 2_990, throttled: 6 };

    expect(lineOf(aSnapshot(), 'Calls', recent)).toBe('Calls    3000 in the last 5 min, 50 % of the limit');
    expect(lineOf(aSnapshot(), 'Outcomes', recent)).toBe('Outcomes 2990 succeeded, 6 refused for their rate');
    expect(lineOf(aSnapshot(), 'Outcomes')).toBe('Outcomes none');
  });

  it('says why it does not know what metrics know', () => {
    expect(lineOf(aSnapshot(), 'Calls', { unread: 'AWS refused' })).toBe('Calls    unknown: AWS refused');
  });
});
