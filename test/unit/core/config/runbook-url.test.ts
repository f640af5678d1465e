import { parseConfig } from '../../../../lambdas/core/config/parse-config.js';
import { aConfigInput } from '../../../support/a-config.js';
import { faultsOf } from '../../../support/faults-of.js';

const faultsWith = (runbookUrl: string) =>
  faultsOf(() => parseConfig(aConfigInput({ alarms: { runbookUrl } })));

describe('the address of the runbook', () => {
  it.each(['docs/runbook.md', 'https://wiki.example.com/run?book=7', 'a', 'a'.repeat(200)])(
    'may be %s',
    (runbookUrl) => {
      expect(faultsWith(runbookUrl)).toEqual([]);
    },
  );

  it.each(['', ' docs/runbook.md', 'docs/run book.md', 'docs/runbook.md#alarms', 'a'.repeat(201)])(
    'is refused as "%s", because alarms append a heading to it',
    (runbookUrl) => {
      expect(faultsWith(runbookUrl)).toEqual([
        expect.stringMatching(/^alarms\.runbookUrl: .*an address or path without spaces and #/),
      ]);
    },
  );
});
