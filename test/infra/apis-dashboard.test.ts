import { STACK_NAME } from '../../infra/build-app.js';
import { METRIC_NAMESPACE } from '../../lambdas/core/contracts/metrics.js';
import { aLegacyApi } from './support/a-legacy-api.js';
import { type DashboardBody, dashboardsOf } from './support/named-metrics.js';
import { templateOf } from './support/synthesized.js';

const APIS = ['erp', 'mail-provider'];

function dashboardOfAll(more: Parameters<typeof aLegacyApi>[0] = {}): DashboardBody {
  const all = dashboardsOf(templateOf(...APIS.map((name) => aLegacyApi({ ...more, name }))));
  const found = all.find(({ name }) => name === STACK_NAME);
  if (found === undefined) throw new Error(`no dashboard is named ${STACK_NAME}`);
  return found;
}

describe('the dashboard of all APIs', () => {
  it('is there where a stack has several, beside the one of each', () => {
    const names = (...apis: readonly string[]) =>
      dashboardsOf(templateOf(...apis.map((name) => aLegacyApi({ name })))).map(({ name }) => name);

    expect(names(...APIS).sort()).toEqual([STACK_NAME, `${STACK_NAME}-erp`, `${STACK_NAME}-mail-provider`]);
    expect(names('erp')).toEqual([`${STACK_NAME}-erp`]);
  });

  it('has a variable that switches between the APIs', () => {
    expect(dashboardOfAll().variables).toMatchObject([
      {
        type: 'property',
        property: 'service',
        inputType: 'select',
        defaultValue: 'erp',
        values: [{ value: 'erp' }, { value: 'mail-provider' }],
      },
    ]);
  });

  it('draws nothing that the variable would not switch: our own metrics of one API, and no line of its limits', () => {
    const widgets = dashboardOfAll({ limits: [{ calls: 20, windowMs: 1_000 }] }).widgets;
    const metrics = widgets
      .flatMap(({ properties }) => properties.metrics ?? [])
      .filter(([namespace]) => typeof namespace === 'string');

    expect(metrics.length).toBeGreaterThan(20);
    for (const metric of metrics) {
      expect(metric[0]).toBe(METRIC_NAMESPACE);
      expect(metric[metric.indexOf('service') + 1]).toBe('erp');
    }
    expect(widgets.flatMap(({ properties }) => properties.annotations?.horizontal ?? [])).toEqual([]);
  });

  it('shows a light for each API, and leads to their dashboards and to the runbook', () => {
    const { widgets } = dashboardOfAll({ alarms: { runbookUrl: 'https://wiki.example.com/runbook' } });

    const text = widgets.map(({ properties }) => properties.markdown ?? '').join('');
    expect(widgets.flatMap(({ properties }) => properties.alarms ?? [])).toHaveLength(APIS.length);
    expect(text).toContain('[unhealthy](https://wiki.example.com/runbook#unhealthy)');
    expect(text.match(/\(#dashboards:name=[^)]+\)/g)).toHaveLength(APIS.length);
  });

  it('shows no lights where there are no alarms', () => {
    const { widgets } = dashboardOfAll({ alarms: { enabled: false } });

    expect(widgets.flatMap(({ properties }) => properties.alarms ?? [])).toEqual([]);
  });
});
