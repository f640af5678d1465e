import { statusText } from '../../../cli/status/status-text.js';
import { OPEN_CONTROL } from '../../../lambdas/core/control.js';
import type { Snapshot } from '../../../lambdas/core/status/snapshot.js';
import { statusOf } from '../../../lambdas/core/status/status.js';
import { aSnapshot } from '../../support/a-snapshot.js';

const lineOf = (snapshot: Snapshot, start: string) =>
  statusText(statusOf(snapshot))
    .split('\n')
    .find((line) => line.trimStart().startsWith(start));

describe('the text of a status', () => {
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
});
