import { readFileSync } from 'node:fs';
import { CallFailedError } from '../../../client/errors.js';
import { TASK_ERRORS } from '../../../lambdas/core/contracts/task-errors.js';

const repeatOf = (error: string) => new CallFailedError('arn', error, '').repeat;

/** The column "Retry?" of the README, in the client's words. */
const IN_README: Readonly<Record<string, string>> = {
  later: 'later',
  afterLookup: 'never blindly',
  no: 'no',
  redrive: 'redrive',
};

describe('CallFailedError', () => {
  it.each([...Object.values(TASK_ERRORS), 'States.Timeout', 'States.HeartbeatTimeout'])(
    'says of %s what the README says of its repeat',
    (error) => {
      const row = readFileSync('README.md', 'utf8')
        .split('\n')
        .find((line) => /^\|([^|]*)\|/.exec(line)?.[1]?.includes(`\`${error}\``));

      expect(row?.split('|').at(-2)?.trim()).toBe(IN_README[repeatOf(error)]);
    },
  );

  it('claims nothing about a name that is none of ours', () => {
    expect(repeatOf('Team.Other')).toBe('unknown');
    expect(repeatOf('toString')).toBe('unknown');
  });
});
