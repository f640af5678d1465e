import { PAYLOAD_MAX_BYTES } from '../../../lambdas/core/contracts/limits.js';
import { TASK_ERRORS } from '../../../lambdas/core/contracts/task-errors.js';
import { TestService } from '../support/service.js';
import { lastRequest, rateLimitedCall } from './support/definition.js';

const definition = rateLimitedCall();

async function faultsOf(input: unknown): Promise<readonly string[]> {
  const service = new TestService();
  const { status, error, cause } = await service.run(definition, input);
  if (status === 'RUNNING') return [];
  expect({ status, error, sent: service.sent }).toEqual({
    status: 'FAILED',
    error: TASK_ERRORS.invalidRequest,
    sent: [],
  });
  return cause?.split('\n') ?? [];
}

const KEY_FAULT = 'idempotencyKey: expected a text of 1 to 256 visible ASCII characters';
const TENANT_FAULT = 'tenant: expected a text of 1 to 128 characters';
const INSTANT_FAULT = 'deadline: expected an ISO 8601 instant such as 2030-01-31T12:00:00Z but got ';

describe('rate-limited-call refuses', () => {
  it.each([
    [null, 'null'],
    ['createOrder', 'string'],
    [7, 'number'],
    [true, 'boolean'],
    [[], 'array'],
    [[{ operation: 'createOrder' }], 'array'],
  ])('an input that is no object: %j', async (input, type) => {
    expect(await faultsOf(input)).toEqual([`input: expected an object with an operation but got ${type}`]);
  });

  it.each([
    [{}, ''],
    [{ operation: 'dropOrder' }, ' but got dropOrder'],
    [{ operation: ['createOrder'] }, ' but got ["createOrder"]'],
    [{ operation: null }, ' but got null'],
    [{ operation: '' }, ' but got '],
  ])('an operation that is not configured, and names those that are: %j', async (input, got) => {
    expect(await faultsOf(input)).toEqual([
      `operation: expected one of createOrder, getOrder, chargeCard${got}`,
    ]);
  });

  it.each(['LOW', 'high', '', null, 1, ['HIGH']])(
    'the priority %j, and names those there are',
    async (priority) => {
      const [fault, ...others] = await faultsOf({ operation: 'createOrder', priority });

      expect(fault).toMatch(/^priority: expected one of HIGH, NORMAL, BATCH but got /);
      expect(others).toEqual([]);
    },
  );

  it.each(['', 'two words', 'é', 'x'.repeat(257), 7, null, ['key']])(
    'the idempotency key %j',
    async (key) => {
      expect(await faultsOf({ operation: 'createOrder', idempotencyKey: key })).toEqual([KEY_FAULT]);
    },
  );

  it('a call that must not be done twice without a key of the caller', async () => {
    expect(await faultsOf({ operation: 'chargeCard' })).toEqual([
      'idempotencyKey: missing; add a key of your business, because chargeCard must not be done twice',
    ]);
    expect(await faultsOf({ operation: 'chargeCard', idempotencyKey: 'x'.repeat(256) })).toEqual([]);
  });

  it.each(['', '😀'.repeat(65), 7, null, ['acme']])('the tenant %j', async (tenant) => {
    expect(await faultsOf({ operation: 'createOrder', tenant })).toEqual([TENANT_FAULT]);
  });

  it.each([
    'tomorrow',
    '2030-01-31',
    '2030-13-31T12:00:00Z',
    '2030-01-31T24:30:00Z',
    '2030-01-31T12:00:00',
    '',
  ])('the deadline %j', async (deadline) => {
    expect(await faultsOf({ operation: 'createOrder', deadline })).toEqual([INSTANT_FAULT + deadline]);
  });

  it.each(['taskToken', 'callId', 'schemaVersion', 'enqueuedAt', 'Operation', ''])(
    'the field %j, which nobody knows or which is not the caller’s',
    async (name) => {
      expect(await faultsOf({ operation: 'createOrder', [name]: 'x' })).toEqual([
        `${name}: unknown field; remove it or correct its name`,
      ]);
    },
  );

  it('with every fault at once', async () => {
    expect(
      await faultsOf({
        priority: 'LOW',
        idempotencyKey: '',
        tenant: '',
        deadline: 'soon',
        colour: 1,
        size: 2,
      }),
    ).toEqual([
      'operation: expected one of createOrder, getOrder, chargeCard',
      'priority: expected one of HIGH, NORMAL, BATCH but got LOW',
      KEY_FAULT,
      TENANT_FAULT,
      `${INSTANT_FAULT}soon`,
      'colour: unknown field; remove it or correct its name',
      'size: unknown field; remove it or correct its name',
    ]);
  });

  it('without repeating a long value', async () => {
    const [fault] = await faultsOf({ operation: 'x'.repeat(10_000) });

    expect(fault?.length).toBeLessThan(200);
  });
});

describe('the deadline', () => {
  it.each(['2030-01-31T12:00Z', '2030-01-31T12:00:00.123+02:00', '2024-02-29T23:59:59-23:59'])(
    'is taken as the worker reads it: %j',
    async (deadline) => {
      const service = new TestService();

      await service.start(definition, { operation: 'createOrder', deadline });

      expect(lastRequest(service).deadline).toBe(Date.parse(deadline));
    },
  );
});

describe('the payload', () => {
  /** A JSON text of exactly this many bytes, quotes included, out of characters of one, two, three and four bytes. */
  const ofBytes = (bytes: number) => `é€😀"\n${'x'.repeat(bytes - 15)}`;

  it('may have as many bytes as fit, in whatever characters', async () => {
    const payload = ofBytes(PAYLOAD_MAX_BYTES);

    expect(Buffer.byteLength(JSON.stringify(payload))).toBe(PAYLOAD_MAX_BYTES);
    expect(await faultsOf({ operation: 'createOrder', payload })).toEqual([]);
  });

  it('is refused with one byte more, and counted', async () => {
    const payload = ofBytes(PAYLOAD_MAX_BYTES + 1);

    expect(await faultsOf({ operation: 'createOrder', payload })).toEqual([
      `payload: expected at most ${PAYLOAD_MAX_BYTES} bytes of JSON but got ${PAYLOAD_MAX_BYTES + 1}`,
    ]);
  });

  it.each([null, 0, false, '', [], {}, [[]], [{ sequence: true }], 'text', { deep: [1, [2, [3]]] }])(
    'arrives as it was given: %j',
    async (payload) => {
      const service = new TestService();

      await service.start(definition, { operation: 'createOrder', payload });

      expect(lastRequest(service).payload).toEqual(payload);
    },
  );
});
