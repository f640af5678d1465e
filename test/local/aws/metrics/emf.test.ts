import { Metrics } from '@aws-lambda-powertools/metrics';
import { publishedIn } from '../../../../local/aws/metrics/emf.js';
import { captureLines } from '../../../support/capture-lines.js';

describe('a line of embedded metrics', () => {
  const { lines } = captureLines();

  it('is what Powertools prints: every value, with its dimensions and its time', () => {
    const metrics = new Metrics({ namespace: 'Test', serviceName: 'erp' });
    metrics.setDefaultDimensions({ Priority: 'HIGH' });
    const before = Date.now();

    metrics.addMetric('Calls', 'Count', 1);
    metrics.addMetric('Calls', 'Count', 1);
    metrics.addMetric('Age', 'Milliseconds', 40);
    metrics.publishStoredMetrics();

    const published = lines.flatMap(publishedIn);
    const common = { namespace: 'Test', dimensions: { service: 'erp', Priority: 'HIGH' } };
    expect(published).toMatchObject([
      { ...common, name: 'Calls', values: [1, 1] },
      { ...common, name: 'Age', values: [40] },
    ]);
    expect(published.every(({ atMs }) => atMs >= before && atMs <= Date.now())).toBe(true);
  });

  it.each([
    '',
    'worker: invocation 1 timed out',
    '{"level":"INFO"}',
    '{"CloudWatchMetrics"',
    '{"CloudWatchMetrics":1}',
  ])('is not %p', (line) => {
    expect(publishedIn(line)).toEqual([]);
  });
});
