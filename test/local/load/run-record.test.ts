import { idOfKey } from '../../../local/legacy-api/respond.js';
import type { StatusChange } from '../../../local/aws/step-functions/status-change.js';
import { RunRecord } from '../../../local/load/run-record.js';
import { wrongResults } from '../../../local/load/wrong-results.js';

const succeeded = (name: string, output: unknown = null) =>
  ({ name, status: 'SUCCEEDED', output: JSON.stringify(output), error: null, cause: null }) as StatusChange;

describe('RunRecord', () => {
  it('waits until all executions have ended', async () => {
    const record = new RunRecord();
    record.starting('a', 'HIGH');
    record.starting('b', 'BATCH');
    const allEnded = record.allEnded(2, 60_000);

    record.statusChanged(succeeded('a'));
    record.statusChanged(succeeded('b'));
    await allEnded;

    expect(record.ended).toBe(2);
    expect(record.counts().BATCH).toEqual({ started: 1, called: 0, ended: 1 });
  });

  it('gives up waiting when no execution has ended for too long', async () => {
    const record = new RunRecord();
    record.starting('a', 'HIGH');

    await record.allEnded(1, 10);

    expect(record.ended).toBe(0);
  });
});

describe('wrongResults', () => {
  it('counts executions that succeeded with anything but the answer to their own call', () => {
    const record = new RunRecord();
    for (const name of ['own', 'others', 'nothing', 'open']) record.starting(name, 'NORMAL');
    record.statusChanged(succeeded('own', { id: idOfKey('own') }));
    record.statusChanged(succeeded('others', { id: idOfKey('own') }));
    record.statusChanged(succeeded('nothing'));

    expect(wrongResults(record)).toBe(2);
  });
});
