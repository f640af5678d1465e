import { DescribeExecutionCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { LOCAL_REGION } from '../../local/aws/account.js';
import { synthesize } from '../../local/synthesize.js';
import { type OwnStack, startOwnStack } from './support/own-stack.js';

/** By hand also with many more: `BATCH_ROWS=10000 npm run jest -- test/local/batch-load`. */
const ROWS = Number(process.env['BATCH_ROWS'] ?? 60);

/** Neither a machine that does other things nor the slow start of slots counts. */
const ENDS_WITHIN_MS = 60_000 + ROWS * 100;

const LIMIT = { calls: 200, windowMs: 1_000 };
const SLOTS = 10;

interface Summary {
  readonly total: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly results: string;
}

describe(`a batch of ${ROWS} rows`, () => {
  let stack: OwnStack;
  let s3: S3Client;
  let summary: Summary;

  beforeAll(async () => {
    stack = await startOwnStack({
      api: {
        ...{ kind: 'simulated', port: 0, seed: 1, latency: { medianMs: 20, p99Ms: 30 } },
        ...{ limits: [LIMIT], inFlightMax: SLOTS },
      },
      synthesize: (directory, baseUrl) =>
        synthesize(directory, {
          ...{ baseUrl, limits: [LIMIT], slots: SLOTS, arrivalJitterMs: 60, batchLoad: {} },
          operations: { book: { path: '/bookings', effect: 'once', timeoutMs: 8_000 } },
        }),
    });
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    s3 = new S3Client({ endpoint: stack.aws.endpoint, region: LOCAL_REGION, credentials });
    // The second row's key is none that may travel in a header.
    const rows = Array.from(
      { length: ROWS },
      (_, row) => `${row === 1 ? 'ä' : `order-${row}`},"seat ${row}, window"`,
    );
    const Body = ['id,wish', ...rows, ''].join('\r\n');
    await s3.send(
      new PutObjectCommand({ Bucket: stack.output('BatchBucketName'), Key: 'in/orders.csv', Body }),
    );
    await start('orders', { file: { key: 'in/orders.csv', format: 'CSV' }, keyField: 'id' });
    const { output, error, cause } = await stack.ended('orders');
    if (output === null) throw new Error(`${error ?? ''}: ${cause ?? ''}`);
    summary = JSON.parse(output) as Summary;
  }, ENDS_WITHIN_MS);

  afterAll(async () => {
    s3.destroy();
    await stack.stop();
  });

  async function start(name: string, input: object): Promise<string> {
    const request = { stateMachineArn: stack.output('BatchLoadArn'), name };
    const { executionArn = '' } = await stack.sfn.send(
      new StartExecutionCommand({ ...request, input: JSON.stringify({ operation: 'book', ...input }) }),
    );
    return executionArn;
  }

  /** The lines of a file of results, by the manifest. */
  async function resultsOf(kind: string): Promise<readonly Readonly<Record<string, string>>[]> {
    const manifest = JSON.parse(await textOf(summary.results)) as {
      readonly DestinationBucket: string;
      readonly ResultFiles: Readonly<Record<string, readonly { readonly Key: string }[]>>;
    };
    const file = `s3://${manifest.DestinationBucket}/${manifest.ResultFiles[kind]?.[0]?.Key}`;
    const lines = (await textOf(file)).trim().split('\n');
    return lines.map((line) => JSON.parse(line) as Readonly<Record<string, string>>);
  }

  async function textOf(address: string): Promise<string> {
    const [, Bucket = '', Key = ''] = /^s3:\/\/([^/]+)\/(.+)$/.exec(address) ?? [];
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    return (await Body?.transformToString()) ?? '';
  }

  it('makes one call for each row, under its key, and says how many succeeded', () => {
    const keys = stack.calls.map(({ call }) => call.idempotencyKey);

    expect(summary).toMatchObject({ total: ROWS, succeeded: ROWS - 1, failed: 1 });
    expect(keys).toHaveLength(ROWS - 1);
    expect(new Set(keys).size).toBe(ROWS - 1);
    expect(keys).toContain(`order-${ROWS - 1}`);
  });

  it('never breaks the limit', async () => {
    const { responses429, maxInFlight, calls } = await stack.legacyApi.figures();

    expect({ responses429, calls }).toEqual({ responses429: 0, calls: ROWS - 1 });
    expect(maxInFlight).toBeLessThanOrEqual(SLOTS);
  });

  it('leaves every result and every failure in S3, with the row that it belongs to', async () => {
    const [succeeded, failed] = [await resultsOf('SUCCEEDED'), await resultsOf('FAILED')];

    expect(succeeded).toHaveLength(ROWS - 1);
    expect(JSON.parse(succeeded[0]?.['Output'] ?? '')).toMatchObject({
      received: { id: 'order-0', wish: 'seat 0, window' },
    });
    expect(failed).toHaveLength(1);
    expect(failed[0]).toMatchObject({
      Error: 'Orchestrator.InvalidRequest',
      Cause: 'idempotencyKey: expected a text of 1 to 256 visible ASCII characters',
    });
    expect(JSON.parse(failed[0]?.['Input'] ?? '')).toMatchObject({ payload: { id: 'ä' }, priority: 'BATCH' });
  });

  it('is answered from the ledger when it is loaded again, and makes no call twice', async () => {
    const before = stack.calls.length;
    const items = [{ id: 'order-0', wish: 'seat 0, window' }];

    await start('again', { items, keyField: 'id' });

    const { output } = await stack.ended('again');
    expect(JSON.parse(output ?? '{}')).toMatchObject({ total: 1, succeeded: 1 });
    expect(stack.calls).toHaveLength(before);
  }, 20_000);

  it('fails when more rows fail than it bears, which leaves it to a redrive', async () => {
    await start('spoilt', { items: [{ id: 'ü' }, { id: 'ö' }], keyField: 'id', toleratedFailureCount: 1 });

    expect((await stack.ended('spoilt')).error).toBe('States.ExceedToleratedFailureThreshold');
  }, 20_000);

  it('is refused with every fault of its input', async () => {
    const executionArn = await start('faulty', { items: 7, maxConcurrency: 0, colour: 'red' });
    await stack.ended('faulty');

    const { error, cause } = await stack.sfn.send(new DescribeExecutionCommand({ executionArn }));

    expect([error, cause?.split('\n')]).toEqual([
      'Orchestrator.InvalidRequest',
      [
        'items: expected an array',
        'keyField: missing; name the field of each item that holds a key of your business, because book must not be done twice',
        'maxConcurrency: expected a whole number from 1 to 10000 but got 0',
        'colour: unknown field; remove it or correct its name',
      ],
    ]);
  }, 20_000);
});
