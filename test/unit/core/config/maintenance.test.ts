import { parseConfig } from '../../../../lambdas/core/config/parse-config.js';
import type { OrchestratorConfigInput } from '../../../../lambdas/core/config/orchestrator-config.js';
import { aConfig, aConfigInput } from '../../../support/a-config.js';
import { faultsOf } from '../../../support/faults-of.js';

type Windows = NonNullable<OrchestratorConfigInput['maintenance']>;

const faultsWith = (maintenance: unknown) =>
  faultsOf(() => parseConfig({ ...aConfigInput(), maintenance: maintenance as Windows }));

describe('maintenance windows', () => {
  it('are on every day and by the clock of UTC where nothing else is said', () => {
    expect(aConfig({ maintenance: [{ from: '22:00', to: '22:20' }] }).maintenance).toEqual([
      {
        days: ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'],
        from: '22:00',
        to: '22:20',
        timeZone: 'UTC',
      },
    ]);
    expect(aConfig().maintenance).toEqual([]);
  });

  it.each([
    [
      { from: '24:00' },
      'maintenance[0].from: expected a time of the day from 00:00 to 23:59 but got "24:00"',
    ],
    [{ to: '9:30' }, 'maintenance[0].to: expected a time of the day from 00:00 to 23:59 but got "9:30"'],
    [{ days: [] }, 'maintenance[0].days: expected at least one day but got 0'],
    [
      { timeZone: 'Europe/Atlantis' },
      'maintenance[0].timeZone: expected UTC, or a time zone such as Europe/Zurich but got "Europe/Atlantis"',
    ],
    [
      { timeZone: '+02:00' },
      'maintenance[0].timeZone: expected UTC, or a time zone such as Europe/Zurich but got "+02:00"',
    ],
    [
      { to: '22:00' },
      'maintenance[0]: expected a window that ends at another time than it begins but got an object',
    ],
    [{ until: '23:00' }, 'maintenance[0].until: unknown field; remove it or correct its name'],
  ])('are refused with %j', (more, fault) => {
    expect(faultsWith([{ from: '22:00', to: '22:20', ...more }])).toEqual([fault]);
  });

  it('are refused where a task would time out before it is served after one', () => {
    expect(faultsWith([{ days: ['SAT'], from: '22:00', to: '22:29' }])).toEqual([]);
    expect(faultsWith([{ days: ['SAT'], from: '22:00', to: '22:30' }])).toEqual([
      'priorities.HIGH: taskTimeoutSeconds 3600 does not outlast a maintenance window of 1800 s, the 8 s before it and as long again to drain what came meanwhile; allow more than 3608 seconds',
    ]);
  });

  it('are refused where they leave no time for a call', () => {
    const faults = faultsWith([
      { from: '00:00', to: '23:59' },
      { from: '23:59', to: '00:00' },
    ]);

    expect(faults).toEqual([
      'maintenance: the windows leave no 8 seconds in a week, in which one call could begin and end; shorten them',
    ]);
  });
});
