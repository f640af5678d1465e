import { failuresOf } from '../../../local/load/failures.js';
import { RunRecord } from '../../../local/load/run-record.js';

function aRecord(
  ends: readonly (readonly [status: 'SUCCEEDED' | 'FAILED' | 'ABORTED', error: string | null])[],
) {
  const record = new RunRecord();
  for (const [index, [status, error]] of ends.entries()) {
    const name = `high-${index}`;
    record.starting(name, 'HIGH');
    const cause = error === null ? null : `${name} said why`;
    record.statusChanged({ ...{ name, status, error, cause, output: null }, executionArn: name } as never);
  }
  return record;
}

describe('the failures of a run', () => {
  it('are none where every execution succeeded', () => {
    expect(failuresOf(aRecord([['SUCCEEDED', null]]))).toEqual([]);
  });

  it('are told by their kinds, each with how many there are and what one of them said', () => {
    const record = aRecord([
      ['FAILED', 'LegacyApi.Rejected'],
      ['SUCCEEDED', null],
      ['FAILED', 'LegacyApi.Rejected'],
      ['ABORTED', null],
    ]);

    expect(failuresOf(record)).toEqual([
      '2 executions failed with LegacyApi.Rejected; of high-0: high-0 said why',
      '1 execution failed with ABORTED; of high-3: no cause',
    ]);
  });
});
