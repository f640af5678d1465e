import { MINUTE_MS, MetricStore } from '../../../../local/aws/metrics/metric-store.js';

const ID = { namespace: 'Test', name: 'Calls', dimensions: { service: 'erp', Priority: 'HIGH' } };
const HOURS_3 = 180;

describe('the store of metrics', () => {
  it('keeps the last three hours, however long the run', () => {
    const store = new MetricStore();
    for (let minute = 0; minute <= HOURS_3; minute += 1)
      store.add({ ...ID, atMs: minute * MINUTE_MS, values: [minute] });

    const kept = store.read(ID, MINUTE_MS, 0, Infinity);

    expect([kept.length, kept[0]?.sum, kept.at(-1)?.sum]).toEqual([HOURS_3, 1, HOURS_3]);
  });

  it('knows a metric by its dimensions, in whatever order they come', () => {
    const store = new MetricStore();
    store.add({ ...ID, atMs: 0, values: [1] });

    const dimensions = { Priority: 'HIGH', service: 'erp' };

    expect(store.read({ ...ID, dimensions }, MINUTE_MS, 0, 1)).toHaveLength(1);
    expect(store.read({ ...ID, dimensions: { service: 'erp' } }, MINUTE_MS, 0, 1)).toEqual([]);
  });
});
