import { IntegrationError } from '../../../local/aws/step-functions/integration.js';
import { BELL_BODY } from '../../../lambdas/core/contracts/doorbell.js';
import { NOT_BEFORE_MAX_DAYS } from '../../../lambdas/core/contracts/limits.js';
import { TASK_ERRORS } from '../../../lambdas/core/contracts/task-errors.js';
import { sendMessage } from '../support/machines.js';
import { TestService } from '../support/service.js';
import { doorbellUrl, lastRequest, queueUrl, rateLimitedCall, sentBy } from './support/definition.js';

const definition = rateLimitedCall();
const HOUR_MS = 3_600_000;

/** An instant so far from the start of a test, in the ways that people write it. */
const fromNow = (service: TestService, ms: number) => new Date(service.timers.nowMs() + ms).toISOString();

async function statesOf(service: TestService, executionArn: string): Promise<number> {
  return (await service.eventTypes(executionArn)).filter((type) => type.endsWith('StateEntered')).length;
}

describe('a call that may not start before an instant', () => {
  it('takes no place in a queue until then, then rings and queues', async () => {
    const service = new TestService();
    const notBefore = fromNow(service, HOUR_MS);
    await service.start(definition, { operation: 'createOrder', priority: 'HIGH', notBefore });

    await service.timers.advance(HOUR_MS - 1);
    const before = sentBy(service).length;
    await service.timers.advance(1);

    expect(before).toBe(0);
    expect(sentBy(service).map(({ QueueUrl }) => QueueUrl)).toEqual([doorbellUrl, queueUrl('HIGH')]);
    expect(sentBy(service)[0]?.MessageBody).toBe(BELL_BODY);
  });

  it('counts its age, and the timeout of its class, from then on', async () => {
    const service = new TestService();
    const startedMs = service.timers.nowMs();
    const days = 30;
    const arn = await service.start(definition, {
      operation: 'createOrder',
      notBefore: fromNow(service, days * 24 * HOUR_MS),
    });

    await service.timers.advance(days * 24 * HOUR_MS);

    expect(lastRequest(service).enqueuedAt).toBe(startedMs + days * 24 * HOUR_MS);
    await service.succeed(service.token(), { id: 7 });
    expect(await service.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: '{"id":7}' });
  });

  it('costs four state transitions, and one without an instant costs two as before', async () => {
    const service = new TestService();
    const scheduled = await service.start(definition, {
      operation: 'createOrder',
      notBefore: fromNow(service, 0),
    });
    const atOnce = await service.start(definition, { operation: 'createOrder' });

    expect(await statesOf(service, scheduled)).toBe(4);
    expect(await statesOf(service, atOnce)).toBe(2);
  });

  it.each(['2026-01-31T12:30Z', '2026-01-31T14:30:00.000+02:00', '2026-01-31T12:30:00.000000000Z'])(
    'waits until %s, however it is written',
    async (notBefore) => {
      const service = new TestService();
      await service.start(definition, { operation: 'createOrder', notBefore });

      await service.timers.advance(HOUR_MS / 2 - 1);
      const before = sentBy(service).length;
      await service.timers.advance(1);

      expect([before, sentBy(service).length]).toEqual([0, 2]);
    },
  );

  it('does not wait for an instant that has passed', async () => {
    const service = new TestService();

    await service.start(definition, { operation: 'createOrder', notBefore: '2020-01-01T00:00:00Z' });

    expect(lastRequest(service).operation).toBe('createOrder');
  });

  it('queues also where the doorbell cannot be rung, with its own input', async () => {
    const sent: Record<string, unknown>[] = [];
    const service = new TestService({
      integrations: {
        [sendMessage]: (args) => {
          const message = args as Record<string, unknown>;
          if (message['QueueUrl'] === doorbellUrl)
            return Promise.reject(new IntegrationError('SQS.SdkClientException', 'no answer'));
          sent.push(message);
          return Promise.resolve({});
        },
      },
    });

    await service.start(definition, {
      operation: 'createOrder',
      payload: 1,
      notBefore: fromNow(service, -1),
    });

    expect(sent).toMatchObject([{ QueueUrl: queueUrl('NORMAL'), MessageBody: { payload: 1 } }]);
  });
});

describe('rate-limited-call refuses', () => {
  async function faultsOf(more: Readonly<Record<string, unknown>>): Promise<string | undefined> {
    const { error, cause } = await new TestService().run(definition, { operation: 'createOrder', ...more });
    expect(error).toBe(TASK_ERRORS.invalidRequest);
    return cause;
  }

  it.each(['soon', '2026-02-31T12:00:00Z', '2026-01-31T12:00:00', 7, null])(
    'to wait until %j, which is no instant',
    async (notBefore) => {
      expect(await faultsOf({ notBefore })).toMatch(
        /^notBefore: expected an ISO 8601 instant such as 2030-01-31T12:00:00Z but got [^\n]*$/,
      );
    },
  );

  it.each(['2026-02-01T12:00Z', '2026-02-01T13:00:00+01:00', '2026-01-31T12:00:00Z'])(
    'to wait until after the deadline of %s',
    async (deadline) => {
      const notBefore = '2026-02-01T12:00:00Z';

      expect(await faultsOf({ notBefore, deadline })).toBe(
        `notBefore: expected an instant before the deadline ${deadline} but got ${notBefore}; the call could never be made`,
      );
    },
  );

  it('to wait for longer than an execution has left to live, to the second', async () => {
    const service = new TestService();
    const mostMs = NOT_BEFORE_MAX_DAYS * 24 * HOUR_MS;
    const notBefore = fromNow(service, mostMs + 1);

    const { status } = await service.run(definition, {
      operation: 'createOrder',
      notBefore: fromNow(service, mostMs),
    });

    expect(status).toBe('RUNNING');
    expect(await faultsOf({ notBefore })).toBe(
      `notBefore: expected an instant at most 350 days from now but got ${notBefore}; start the execution later, because it lives for one year`,
    );
  });
});
