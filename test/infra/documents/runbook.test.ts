// Goal: the runbook's table says of each alarm what the alarm does, and leaves none out.
import { pageOf } from '../../support/documents.js';
import { aLegacyApi } from '../support/a-legacy-api.js';
import { alarmsOf } from '../support/named-metrics.js';
import { STACK_NAME } from '../../../infra/build-app.js';
import { templateOf } from '../support/synthesized.js';

const SILENCE: Readonly<Record<string, string>> = {
  notBreaching: 'well',
  breaching: 'not well',
  ignore: 'no change',
};

/** An orchestrator with every alarm that there can be. */
const alarms = [
  ...alarmsOf(
    templateOf(
      aLegacyApi({
        events: {},
        priorities: { BATCH: { tenantAllowance: { calls: 60, windowSeconds: 60 } } },
      }),
    ),
  ).values(),
];

/** Cells of the rows of the table of alarms. */
const rows = [...pageOf('docs/runbook.md').matchAll(/^\| (`.*) \|$/gm)].map(([, row = '']) =>
  row.split('|').map((cell) => cell.trim()),
);

const told = rows.flatMap(([names = '', , silence = '', tells = '']) =>
  [...names.matchAll(/`([\w-]+)`/g)].map(([, name = '']) => `${name}: ${silence}, ${tells}`),
);

it('the runbook’s table has every alarm, what its silence means and whom it tells', () => {
  const real = alarms.map(({ AlarmName, TreatMissingData = '', AlarmActions = [] }) => {
    const name = AlarmName.replace(`${STACK_NAME}-legacy-api-`, '');
    const tells = AlarmActions.length > 0 ? 'itself' : '`unhealthy`';
    return `${name}: ${SILENCE[TreatMissingData] ?? TreatMissingData}, ${tells}`;
  });

  expect([...told].sort()).toEqual([...real, 'unhealthy: , itself'].sort());
});
