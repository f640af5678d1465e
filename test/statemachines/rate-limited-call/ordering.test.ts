import { createHash } from 'node:crypto';
import { TASK_ERRORS } from '../../../lambdas/core/contracts/task-errors.js';
import { IntegrationError } from '../../../local/aws/step-functions/integration.js';
import { sendMessage } from '../support/machines.js';
import { TestService } from '../support/service.js';
import { lastRequest, rateLimitedCall, sentBy } from './support/definition.js';

const operations = {
  createOrder: { path: '/orders', effect: 'idempotent', timeoutMs: 8_000 },
  chargeCard: { path: '/charges', effect: 'once', timeoutMs: 8_000, lookup: { path: '/charges' } },
} as const;
const definition = rateLimitedCall({ ordering: 'perKey', operations });

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

describe('rate-limited-call that keeps order', () => {
  it('sends the calls of one key as one group, and tells the worker the key', async () => {
    const service = new TestService();
    const orderingKey = 'a customer with ünusual characters';

    for (const tenant of ['north', 'south'])
      await service.start(definition, { operation: 'createOrder', orderingKey, tenant });

    const groups = sentBy(service).map(({ MessageGroupId }) => MessageGroupId);
    expect(groups).toEqual([hashOf(orderingKey), hashOf(orderingKey)]);
    expect(lastRequest(service)).toMatchObject({ orderingKey, tenant: 'south' });
  });

  it('sends a call without a key as a group of its own, whoever it is for', async () => {
    const service = new TestService();

    for (let call = 0; call < 2; call += 1)
      await service.start(definition, { operation: 'createOrder', tenant: 'north' });

    const groups = sentBy(service).map(({ MessageGroupId }) => MessageGroupId);
    expect(groups).toEqual([expect.stringMatching(UUID), expect.stringMatching(UUID)]);
    expect(new Set(groups).size).toBe(2);
  });

  it('sends no message that SQS could take for another, also where it repeats the send', async () => {
    const tried: unknown[] = [];
    const service = new TestService({
      integrations: {
        [sendMessage]: (args) => {
          tried.push(args);
          return tried.length === 1
            ? Promise.reject(new IntegrationError('SQS.SdkClientException', 'no answer'))
            : Promise.resolve({});
        },
      },
    });

    await service.start(definition, { operation: 'createOrder', orderingKey: 'a' });
    await service.timers.advance(1_000);

    const ids = tried.map((args) => (args as { MessageDeduplicationId: string }).MessageDeduplicationId);
    expect(ids).toEqual([expect.stringMatching(UUID), expect.stringMatching(UUID)]);
    expect(new Set(ids).size).toBe(2);
  });

  it('leaves repeats to the worker, where the message keeps its place: unavailable is the end', async () => {
    const service = new TestService();
    const executionArn = await service.start(definition, { operation: 'createOrder', orderingKey: 'a' });

    await service.fail(service.token(), TASK_ERRORS.unavailable, 'refused');

    expect(await service.describe(executionArn)).toMatchObject({
      status: 'FAILED',
      error: TASK_ERRORS.unavailable,
    });
  });

  it('looks a call up as a group of its own, behind no other call of its key', async () => {
    const service = new TestService();
    const call = { operation: 'chargeCard', idempotencyKey: 'charge/7', orderingKey: 'a' };
    await service.start(definition, call);

    await service.fail(service.token(), TASK_ERRORS.outcomeUnknown, 'lost');

    const [first, lookup] = sentBy(service);
    expect(first?.MessageGroupId).toBe(hashOf('a'));
    expect(lookup?.MessageGroupId).toMatch(UUID);
    expect(lookup?.MessageDeduplicationId).toMatch(UUID);
    expect(lastRequest(service).orderingKey).toBeUndefined();
  });

  it.each(['', '😀'.repeat(65), 7, null, ['a']])('refuses the ordering key %j', async (orderingKey) => {
    const { error, cause } = await new TestService().run(definition, {
      operation: 'createOrder',
      orderingKey,
    });

    expect({ error, cause }).toEqual({
      error: TASK_ERRORS.invalidRequest,
      cause: 'orderingKey: expected a text of 1 to 128 characters',
    });
  });
});

describe('rate-limited-call that keeps no order', () => {
  it('refuses an ordering key, and says what to configure', async () => {
    const service = new TestService();

    const { error, cause } = await service.run(rateLimitedCall(), {
      operation: 'createOrder',
      orderingKey: 'a',
    });

    expect({ error, cause }).toEqual({
      error: TASK_ERRORS.invalidRequest,
      cause:
        'orderingKey: no order is kept here; configure ordering as perKey for this orchestrator, or remove the field',
    });
    expect(service.sent).toEqual([]);
  });
});
