import { parseConfig } from '../../lambdas/core/config/parse-config.js';
import { METRIC_NAMESPACE, METRICS } from '../../lambdas/core/contracts/metrics.js';
import { PRIORITIES } from '../../lambdas/core/contracts/priority.js';
import { aLegacyApi } from './support/a-legacy-api.js';
import { alarmsOf, type Widget, widgetsOf } from './support/named-metrics.js';
import { templateOf } from './support/synthesized.js';

function widgetTitled(start: string, config = aLegacyApi()): Widget['properties'] {
  const widget = widgetsOf(templateOf(config)).find(({ properties }) => properties.title?.startsWith(start));
  if (widget === undefined) throw new Error(`no widget is titled ${start}`);
  return widget.properties;
}

describe('the dashboard', () => {
  it('answers in its first row of graphs who waits, how near the limit is, and whether the API is well', () => {
    const graphs = widgetsOf(templateOf()).filter(({ type }) => type === 'metric');
    const first = graphs.filter(({ y }) => y === graphs[0]?.y);

    expect(first.map(({ properties }) => properties.title)).toEqual([
      expect.stringMatching(/^Is anyone waiting too long\?/),
      expect.stringMatching(/^Are we at the limit\?/),
      expect.stringMatching(/^Is the API well\?/),
    ]);
    expect(first[2]?.properties.stacked).toBe(true);
  });

  it('draws each class’s longest wait as a share of its objective', () => {
    const { metrics, annotations } = widgetTitled('Is anyone waiting');

    const { priorities } = parseConfig(aLegacyApi());
    const text = JSON.stringify(metrics);
    for (const priority of PRIORITIES)
      expect(text).toContain(`longestWait${priority} / ${priorities[priority].ageObjectiveSeconds}`);
    expect(annotations?.horizontal[0]?.value).toBe(1);
  });

  it.each(PRIORITIES)('draws the age of %s from our own metric, with its objective as a line', (priority) => {
    const { metrics = [], annotations } = widgetTitled(`${priority}: age`);

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

    const { metrics, annotations } = widgetTitled('Are we at the limit', aLegacyApi({ limits }));

    expect(PRIORITIES.every((priority) => JSON.stringify(metrics).includes(`"${priority}"`))).toBe(true);
    expect(annotations?.horizontal.map(({ value }) => value)).toEqual([20, 10]);
  });

  it.each(['Backlog', 'Predicted time to drain', 'Service time'])(
    'shows a line for each priority under %s',
    (title) => {
      const { metrics } = widgetTitled(title);

      expect(PRIORITIES.every((priority) => JSON.stringify(metrics).includes(`"label":"${priority}"`))).toBe(
        true,
      );
    },
  );

  it('shows what waits for people, and what was not handled yet', () => {
    const text = JSON.stringify(widgetTitled('Dead letters').metrics);

    expect(text).toContain('LegacyApiDeadLettersParked');
    expect(text).toContain('LegacyApiDeadLettersQueue');
  });

  it('shows every metric that our functions publish', () => {
    const text = JSON.stringify(widgetsOf(templateOf(aLegacyApi({ intake: {} }))));

    const missing = Object.values(METRICS)
      .map(({ name }) => name)
      .filter((name) => !text.includes(name));

    expect(missing).toEqual([]);
  });

  it('draws the slots against the reserved concurrency', () => {
    expect(widgetTitled('Slots running').annotations?.horizontal[0]?.value).toBe(5);
  });

  it('draws how much of the tightest limit is used, where there is one', () => {
    const limits = [
      { calls: 20, windowMs: 1_000 },
      { calls: 600, windowMs: 60_000 },
    ];

    expect(JSON.stringify(widgetTitled('Share of the limit', aLegacyApi({ limits })).metrics)).toContain(
      '100 * callsStarted / 60 / 10"',
    );
    expect(JSON.stringify(widgetTitled('Share of the limit', aLegacyApi({ limits: [] })))).not.toContain(
      '100',
    );
  });

  it.each([
    ['https://wiki.example.com/runbook', '[no-progress](https://wiki.example.com/runbook#no-progress)'],
    ['docs/runbook.md', '`docs/runbook.md#no-progress`'],
  ])('leads to the runbook at %s', (runbookUrl, link) => {
    const texts = widgetsOf(templateOf(aLegacyApi({ alarms: { runbookUrl } }))).map(
      ({ properties }) => properties.markdown ?? '',
    );

    expect(texts.join('\n')).toContain(link);
  });

  it('shows every alarm as a light, and no lights where there are no alarms', () => {
    const lights = (config = aLegacyApi()) =>
      widgetsOf(templateOf(config)).flatMap(({ properties }) => properties.alarms ?? []);

    expect(lights()).toHaveLength(alarmsOf(templateOf()).size + 1);
    expect(lights(aLegacyApi({ alarms: { enabled: false } }))).toEqual([]);
  });

  it('fills each row of 24 columns without a gap or an overlap', () => {
    const widgets = widgetsOf(templateOf());
    const rows = [...new Set(widgets.map(({ y }) => y))];

    for (const row of rows) {
      let column = 0;
      for (const { x, width } of widgets.filter(({ y }) => y === row)) {
        expect(x).toBe(column);
        column += width;
      }
      expect(column).toBeLessThanOrEqual(24);
    }
  });
});
