// Goal: an API of one's own can be loaded as it is configured, whatever its operations and credentials.
// Method: a load on a local run of an API whose only repeatable operation is a GET by path, behind a key.
import { chosenApi } from '../../../local/cli/chosen-api.js';
import { failuresOf } from '../../../local/load/failures.js';
import { RunRecord } from '../../../local/load/run-record.js';
import { runLoad } from '../../../local/load/run-load.js';
import { wrongResults } from '../../../local/load/wrong-results.js';
import { aConfigInput } from '../../support/a-config.js';
import { type LocalStack, startLocalStack } from '../support/local-stack.js';

const WAREHOUSE = aConfigInput({
  name: 'warehouse',
  limits: [{ calls: 30, windowMs: 1_000 }],
  slots: 3,
  credentials: { kind: 'apiKey', secret: 'warehouse/key', header: 'x-api-key' },
  operations: {
    reserve: { path: '/items/{sku}/reservations', effect: 'once', timeoutMs: 5_000 },
    check: { method: 'GET', path: '/items/{sku}', effect: 'idempotent', timeoutMs: 5_000 },
  },
});

describe('a load', () => {
  let stack: LocalStack;

  beforeAll(async () => {
    const api = chosenApi('warehouse', [WAREHOUSE]);
    const { limits, slots: concurrency } = api.config;
    stack = await startLocalStack({ api, limits, concurrency });
  }, 60_000);

  afterAll(() => stack.stop());

  it('fills in what the operation needs, needs no secret, and knows each answer', async () => {
    const names = Array.from({ length: 10 }, (_, index) => `high-${index}`);
    const record = new RunRecord();

    const starts = names.map((name) => ({ name, priority: 'HIGH' as const, atMs: 0 }));
    await runLoad({ ...stack, endpoint: stack.aws.endpoint }, starts, record);
    for (const name of names) record.statusChanged(await stack.ended(name));

    expect(failuresOf(record)).toEqual([]);
    expect(wrongResults(record)).toBe(0);
    expect(stack.calls.map(({ call }) => call.path.split('?')[0])).toContain('/items/high-3');
  }, 60_000);
});
