import { parseConfig } from '../../lambdas/core/config/parse-config.js';
import { METRIC_NAMESPACE, METRICS } from '../../lambdas/core/contracts/metrics.js';
import { PRIORITIES } from '../../lambdas/core/contracts/priority.js';
import { aLegacyApi } from './support/a-legacy-api.js';
import { resolved, templateOf } from './support/synthesized.js';

interface Widget {
  readonly properties: {
    readonly title: string;
    readonly metrics: readonly (readonly unknown[])[];
    readonly annotations?: {
      readonly horizontal: readonly { readonly value: number; readonly label: string }[];
    };
  };
}

interface DashboardResource {
  readonly Properties: { readonly DashboardBody: unknown };
}

function widgetsOf(config = aLegacyApi()): readonly Widget[] {
  const [dashboard] = Object.values(templateOf(config).findResources('AWS::CloudWatch::Dashboard'));
  const { DashboardBody } = (dashboard as DashboardResource).Properties;
  return (JSON.parse(resolved(DashboardBody)) as { readonly widgets: readonly Widget[] }).widgets;
}

function widgetTitled(start: string, config = aLegacyApi()): Widget['properties'] {
  const widget = widgetsOf(config).find(({ properties }) => properties.title.startsWith(start));
  if (widget === undefined) throw new Error(`no widget is titled ${start}`);
  return widget.properties;
}

describe('the dashboard', () => {
  it.each(PRIORITIES)('draws the age of %s from our own metric, with its objective as a line', (priority) => {
    const { metrics, annotations } = widgetTitled(`${priority}: age`);

    const ours = metrics.filter(([namespace]) => namespace === METRIC_NAMESPACE);
    expect(ours).toHaveLength(3);
    expect(
      ours.every((metric) => metric.includes(METRICS.ageAtStart.name) && metric.includes(priority)),
    ).toBe(true);
    expect(annotations?.horizontal[0]?.value).toBe(
      parseConfig(aLegacyApi()).priorities[priority].ageObjectiveSeconds,
    );
  });

  it('draws the calls of every priority per second, with each limit but quotas as a line', () => {
    const limits = [
      { calls: 20, windowMs: 1_000 },
      { calls: 600, windowMs: 60_000 },
      { calls: 10_000, windowMs: 86_400_000 },
    ];

    const { metrics, annotations } = widgetTitled('Calls started', aLegacyApi({ limits }));

    expect(PRIORITIES.every((priority) => JSON.stringify(metrics).includes(`"${priority}"`))).toBe(true);
    expect(annotations?.horizontal.map(({ value }) => value)).toEqual([20, 10]);
  });

  it('shows a line for each priority under Backlog', () => {
    const { metrics } = widgetTitled('Backlog');

    expect(PRIORITIES.every((priority) => JSON.stringify(metrics).includes(`"label":"${priority}"`))).toBe(
      true,
    );
  });

  it('shows what waits for people, and what was not handled yet', () => {
    const text = JSON.stringify(widgetTitled('Dead letters').metrics);

    expect(text).toContain('LegacyApiDeadLettersParked');
    expect(text).toContain('LegacyApiDeadLettersQueue');
  });

  it('shows every metric that our functions publish', () => {
    const text = JSON.stringify(widgetsOf());

    const missing = Object.values(METRICS)
      .map(({ name }) => name)
      .filter((name) => !text.includes(name));

    expect(missing).toEqual([]);
  });

  it('draws the slots against the reserved concurrency', () => {
    expect(widgetTitled('Slots running').annotations?.horizontal[0]?.value).toBe(5);
  });
});
