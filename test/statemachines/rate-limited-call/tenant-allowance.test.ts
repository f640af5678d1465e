import { createHash } from 'node:crypto';
import { IntegrationError } from '../../../local/aws/step-functions/integration.js';
import { TASK_ERRORS } from '../../../lambdas/core/contracts/task-errors.js';
import { TestService } from '../support/service.js';
import { lastRequest, queueUrl, rateLimitedCall, sentBy } from './support/definition.js';

const ALLOWED = 2;
const WINDOW_SECONDS = 60;
const WINDOW_MS = WINDOW_SECONDS * 1_000;

const definition = rateLimitedCall({
  priorities: { NORMAL: { tenantAllowance: { calls: ALLOWED, windowSeconds: WINDOW_SECONDS } } },
});

const updateItem = 'arn:aws:states:::dynamodb:updateItem';

interface Count {
  readonly TableName: string;
  readonly Key: { readonly pk: { readonly S: string }; readonly sk: { readonly S: string } };
  readonly ExpressionAttributeValues: { readonly ':expires': { readonly N: string } };
}

/** A table that counts as DynamoDB does, or fails with this error. */
function aService(error?: string) {
  const asked: Count[] = [];
  const counts = new Map<string, number>();
  const count = (args: unknown): Promise<unknown> => {
    const request = args as Count;
    asked.push(request);
    if (error !== undefined) return Promise.reject(new IntegrationError(error, 'not now'));
    const key = JSON.stringify(request.Key);
    const calls = (counts.get(key) ?? 0) + 1;
    counts.set(key, calls);
    return Promise.resolve({ Attributes: { calls: { N: String(calls) } } });
  };
  return { service: new TestService({ integrations: { [updateItem]: count } }), asked };
}

const aCall = (tenant: string | undefined, more: object = {}) => ({
  operation: 'createOrder',
  ...(tenant === undefined ? {} : { tenant }),
  ...more,
});

const queuesOf = (service: TestService) => sentBy(service).map(({ QueueUrl }) => QueueUrl.split('/').at(-1));

const statesOf = async (service: TestService, executionArn: string) =>
  (await service.eventTypes(executionArn)).filter((type) => type.endsWith('StateEntered')).length;

describe('a tenant with an allowance', () => {
  it('has so many calls in the queue of its class, and its further ones in the overflow', async () => {
    const { service } = aService();

    for (let call = 0; call < ALLOWED + 2; call += 1) await service.start(definition, aCall('acme'));
    await service.start(definition, aCall('another'));

    expect(queuesOf(service)).toEqual([
      ...['NORMAL', 'NORMAL', 'NORMAL_OVERFLOW', 'NORMAL_OVERFLOW'],
      'NORMAL',
    ]);
  });

  it('has the whole allowance again in the next window', async () => {
    const { service } = aService();
    for (let call = 0; call <= ALLOWED; call += 1) await service.start(definition, aCall('acme'));

    await service.timers.advance(WINDOW_MS);
    await service.start(definition, aCall('acme'));

    expect(queuesOf(service).slice(-2)).toEqual(['NORMAL_OVERFLOW', 'NORMAL']);
  });

  it('is counted under its hash, and the count goes away after its window', async () => {
    const { service, asked } = aService();
    const nowMs = service.timers.nowMs();

    await service.start(definition, aCall('acme'));

    const hash = createHash('sha256').update('acme').digest('hex');
    const beginsMs = Math.floor(nowMs / WINDOW_MS) * WINDOW_MS;
    expect(asked).toMatchObject([
      {
        TableName: 'the-table',
        Key: { pk: { S: `tenants#legacy-api#NORMAL#${hash}` }, sk: { S: new Date(beginsMs).toISOString() } },
        ExpressionAttributeValues: { ':expires': { N: String((beginsMs + WINDOW_MS) / 1_000 + 3_600) } },
      },
    ]);
  });

  it('pays for the count with one state transition', async () => {
    const { service } = aService();

    expect(await statesOf(service, await service.start(definition, aCall('acme')))).toBe(3);
  });

  it('keeps its message group, also in the overflow', async () => {
    const { service } = aService();

    for (let call = 0; call <= ALLOWED; call += 1) await service.start(definition, aCall('acme'));

    const [first, , beyond] = sentBy(service).map(({ MessageGroupId }) => MessageGroupId);
    expect(beyond).toBe(first);
    expect(lastRequest(service)).toMatchObject({ priority: 'NORMAL', tenant: 'acme', state: 'Call' });
  });

  it('is counted once for a call, and its repeats wait where it waited', async () => {
    const { service, asked } = aService();
    for (let call = 0; call <= ALLOWED; call += 1) await service.start(definition, aCall('acme'));

    await service.fail(service.token(), TASK_ERRORS.unavailable, 'connection refused');
    await service.timers.advance(WINDOW_MS);

    expect(queuesOf(service).slice(ALLOWED)).toEqual(['NORMAL_OVERFLOW', 'NORMAL_OVERFLOW']);
    expect(asked).toHaveLength(ALLOWED + 1);
  });
});

describe('a scheduled call of such a tenant', () => {
  it('counts in the window in which it may start, and takes its place in the queue then', async () => {
    const { service, asked } = aService();
    const dueMs = service.timers.nowMs() + 10 * WINDOW_MS;
    const notBefore = `${new Date(dueMs).toISOString().slice(0, 16)}Z`;

    for (let call = 0; call <= ALLOWED; call += 1)
      await service.start(definition, aCall('acme', { notBefore }));
    const before = sentBy(service).length;
    await service.timers.advance(10 * WINDOW_MS);

    expect(asked.map(({ Key }) => Key.sk.S)).toEqual(Array(ALLOWED + 1).fill(new Date(dueMs).toISOString()));
    expect(before).toBe(0);
    expect(queuesOf(service).filter((queue) => queue !== 'doorbell')).toEqual([
      ...['NORMAL', 'NORMAL', 'NORMAL_OVERFLOW'],
    ]);
  });

  it('counts now where its instant has passed', async () => {
    const { service, asked } = aService();
    const beginsMs = Math.floor(service.timers.nowMs() / WINDOW_MS) * WINDOW_MS;

    await service.start(definition, aCall('acme', { notBefore: '2020-01-01T00:00:00Z' }));

    expect(asked.map(({ Key }) => Key.sk.S)).toEqual([new Date(beginsMs).toISOString()]);
  });
});

describe('a call that is not counted', () => {
  it.each([
    ['without a tenant', aCall(undefined), 2],
    ['of a class without an allowance', aCall('acme', { priority: 'HIGH' }), 2],
    ['scheduled, without a tenant', aCall(undefined, { notBefore: '2020-01-01T00:00:00Z' }), 4],
  ])('%s costs what it always cost', async (_what, input, states) => {
    const { service, asked } = aService();

    const executionArn = await service.start(definition, input);
    await service.timers.advance(1);

    expect(asked).toEqual([]);
    expect(await statesOf(service, executionArn)).toBe(states);
  });

  it('is refused for its faults before anything is counted', async () => {
    const { service, asked } = aService();

    const { status, error } = await service.run(definition, aCall('acme', { operation: 'dropOrder' }));

    expect({ status, error }).toEqual({ status: 'FAILED', error: TASK_ERRORS.invalidRequest });
    expect(asked).toEqual([]);
  });
});

describe('a count that fails', () => {
  it.each(['DynamoDB.InternalServerError', 'DynamoDB.ResourceNotFoundException', 'States.Timeout'])(
    'with %s lets the call take its turn',
    async (error) => {
      const { service } = aService(error);

      await service.start(definition, aCall('acme', { payload: { cents: 7 } }));

      expect(queuesOf(service)).toEqual(['NORMAL']);
      expect(lastRequest(service)).toMatchObject({ payload: { cents: 7 }, tenant: 'acme' });
    },
  );

  it.each(['DynamoDB.ProvisionedThroughputExceededException', 'DynamoDB.ThrottlingException'])(
    'with %s shows a flood, which waits in the overflow',
    async (error) => {
      const { service } = aService(error);

      await service.start(definition, aCall('acme'));

      expect(sentBy(service).map(({ QueueUrl }) => QueueUrl)).toEqual([queueUrl('NORMAL_OVERFLOW')]);
    },
  );
});
