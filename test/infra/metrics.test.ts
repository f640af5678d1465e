import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { METRIC_NAMESPACE, METRICS, type Metric } from '../../lambdas/core/contracts/metrics.js';
import { captureLines } from '../support/capture-lines.js';
import { everySlotEvent, publishedBy } from '../support/published-metrics.js';
import { aLegacyApi } from './support/a-legacy-api.js';
import { metricsOfAlarms, metricsOfDashboard, type NamedMetric } from './support/named-metrics.js';
import { templateOf } from './support/synthesized.js';

const PAGE = readFileSync(join(import.meta.dirname, '../../docs/metrics.md'), 'utf8');

/** Of AWS, by name and dimension: they need no contract of ours. */
const NATIVE: readonly NamedMetric[] = [
  ...[
    'ApproximateAgeOfOldestMessage',
    'ApproximateNumberOfMessagesVisible',
    'ApproximateNumberOfMessagesNotVisible',
    'NumberOfMessagesDeleted',
    'NumberOfMessagesSent',
  ].map((name) => ({ namespace: 'AWS/SQS', name, dimensions: ['QueueName'] })),
  ...['ConcurrentExecutions', 'Errors', 'Throttles'].map((name) => ({
    namespace: 'AWS/Lambda',
    name,
    dimensions: ['FunctionName'],
  })),
  ...['Started', 'Succeeded', 'Failed', 'TimedOut', 'Aborted'].map((end) => ({
    namespace: 'AWS/States',
    name: `Executions${end}`,
    dimensions: ['StateMachineArn'],
  })),
];

interface Described {
  readonly name: string;
  readonly unit: string;
  readonly dimensions: readonly string[];
}

const contract = Object.values(METRICS).map(described);

function described({ name, unit, dimensions }: Metric): Described {
  return { name, unit, dimensions: [...dimensions].sort() };
}

function byName(one: Described, other: Described): number {
  return one.name < other.name ? -1 : 1;
}

/** The rows of the page's first table. */
function documented(): readonly Described[] {
  return [...PAGE.matchAll(/^\| `(\w+)` +\| (\w+) +\| `([\w, ]+)` +\|/gm)].map(
    ([, name = '', unit = '', dimensions = '']) => ({
      name,
      unit,
      dimensions: dimensions.split(', ').sort(),
    }),
  );
}

const captured = captureLines();

describe('the contract of the metrics', () => {
  it('is what the page about metrics says, row by row', () => {
    expect([...documented()].sort(byName)).toEqual([...contract].sort(byName));
  });

  it('is what our functions publish when everything happens to them', () => {
    const published = publishedBy(everySlotEvent(), captured.lines);

    expect(published.map(({ namespace }) => namespace)).toEqual(published.map(() => METRIC_NAMESPACE));
    const found = published.map(({ name, unit, dimensions }) => ({ name, unit, dimensions }));
    expect([...found].sort(byName)).toEqual([...contract].sort(byName));
  });

  it.each([
    ['the dashboard', metricsOfDashboard(templateOf(aLegacyApi({ intake: {} })))],
    ['an alarm', metricsOfAlarms(templateOf())],
  ])('holds every metric that %s names, unless it is one of AWS', (_where, named) => {
    const known = [
      ...NATIVE,
      ...contract.map(({ name, dimensions }) => ({ namespace: METRIC_NAMESPACE, name, dimensions })),
    ];

    expect(named.length).toBeGreaterThan(20);
    for (const metric of named) expect(known).toContainEqual(metric);
  });

  it('holds no metric that the dashboard does not show', () => {
    const shown = new Set(metricsOfDashboard(templateOf(aLegacyApi({ intake: {} }))).map(({ name }) => name));

    expect(contract.filter(({ name }) => !shown.has(name))).toEqual([]);
  });
});
