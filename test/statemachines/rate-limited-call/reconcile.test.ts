import { LOOKUPS_MAX, TASK_ERRORS } from '../../../lambdas/core/contracts/task-errors.js';
import { TestService } from '../support/service.js';
import { lastRequest, queueUrl, rateLimitedCall, sentBy } from './support/definition.js';

const once = { path: '/charges', effect: 'once', timeoutMs: 8_000 } as const;
const definition = rateLimitedCall({
  operations: { chargeCard: { ...once, lookup: { path: '/charges' } }, bookOrder: once },
});

const CHARGE = { operation: 'chargeCard', idempotencyKey: 'charge/7', payload: { cents: 100 } };
const LOST = [TASK_ERRORS.outcomeUnknown, 'no whole answer within 8000 ms'] as const;

async function aLostCall(input: Readonly<Record<string, unknown>> = CHARGE) {
  const service = new TestService();
  const executionArn = await service.start(definition, input);
  await service.fail(service.token(), ...LOST);
  return { service, executionArn };
}

describe('a call whose outcome is unknown', () => {
  it('is looked up in the turn of its class, by its key alone', async () => {
    const { service } = await aLostCall({ ...CHARGE, priority: 'HIGH' });

    expect(sentBy(service).map(({ QueueUrl }) => QueueUrl)).toEqual([queueUrl('HIGH'), queueUrl('HIGH')]);
    expect(lastRequest(service)).toMatchObject({
      lookup: true,
      operation: 'chargeCard',
      idempotencyKey: 'charge/7',
      payload: null,
      priority: 'HIGH',
      state: 'LookUp',
      taskToken: service.token(),
    });
  });

  it('returns the result that the lookup has found', async () => {
    const { service, executionArn } = await aLostCall();

    await service.succeed(service.token(), { executed: true, result: { id: 7 } });

    expect(await service.describe(executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '{"id":7}' });
  });

  it('is made again with the same key once the lookup has proven that it was not executed', async () => {
    const { service, executionArn } = await aLostCall();

    await service.succeed(service.token(), { executed: false });

    expect(lastRequest(service)).toMatchObject({ ...CHARGE, lookup: false, state: 'Call' });
    await service.succeed(service.token(), { id: 8 });
    expect(await service.describe(executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '{"id":8}' });
  });

  it('fails when it was lost again and again', async () => {
    const { service, executionArn } = await aLostCall();

    for (let lookup = 1; lookup <= LOOKUPS_MAX; lookup += 1) {
      await service.succeed(service.token(), { executed: false });
      await service.fail(service.token(), ...LOST);
    }

    expect(await service.describe(executionArn)).toMatchObject({
      status: 'FAILED',
      error: TASK_ERRORS.outcomeUnknown,
    });
  });

  it('fails when the lookup fails, with what is known of both', async () => {
    const { service, executionArn } = await aLostCall();

    await service.fail(service.token(), TASK_ERRORS.rejected, 'status 403: no');

    expect(await service.describe(executionArn)).toMatchObject({
      status: 'FAILED',
      error: TASK_ERRORS.outcomeUnknown,
      cause:
        'no whole answer within 8000 ms; its lookup failed: LegacyApi.Rejected: status 403: no; operation: chargeCard; idempotencyKey: charge/7; lookups: 1',
    });
  });

  it('fails with all that a person needs where its operation cannot be looked up', async () => {
    const { service, executionArn } = await aLostCall({ operation: 'bookOrder', idempotencyKey: 'b-1' });

    expect(sentBy(service)).toHaveLength(1);
    expect(await service.describe(executionArn)).toMatchObject({
      status: 'FAILED',
      error: TASK_ERRORS.outcomeUnknown,
      cause: 'no whole answer within 8000 ms; operation: bookOrder; idempotencyKey: b-1; lookups: 0',
    });
  });
});
