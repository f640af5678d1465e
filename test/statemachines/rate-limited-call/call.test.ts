import { createHash } from 'node:crypto';
import { IntegrationError } from '../../../local/aws/step-functions/integration.js';
import { parseConfig } from '../../../lambdas/core/config/parse-config.js';
import { parseCallRequest, STARTED_BY } from '../../../lambdas/core/contracts/call-request.js';
import { PRIORITIES } from '../../../lambdas/core/contracts/priority.js';
import { TASK_ERRORS, UNAVAILABLE_RETRY } from '../../../lambdas/core/contracts/task-errors.js';
import { aLegacyApi } from '../../infra/support/a-legacy-api.js';
import { sendMessage } from '../support/machines.js';
import { TestService } from '../support/service.js';
import { lastRequest, queueUrl, rateLimitedCall, sentBy } from './support/definition.js';

const definition = rateLimitedCall();
const { priorities } = parseConfig(aLegacyApi());
const DAY_MS = 24 * 3_600_000;

describe('rate-limited-call', () => {
  it.each(PRIORITIES)('puts a %s call on the queue of its class', async (priority) => {
    const service = new TestService();

    await service.start(definition, { operation: 'createOrder', priority });

    expect(sentBy(service).map(({ QueueUrl }) => QueueUrl)).toEqual([queueUrl(priority)]);
    expect(lastRequest(service).priority).toBe(priority);
  });

  it('takes a call without a priority for NORMAL', async () => {
    const service = new TestService();

    await service.start(definition, { operation: 'createOrder' });

    expect(sentBy(service)[0]?.QueueUrl).toBe(queueUrl('NORMAL'));
    expect(lastRequest(service).priority).toBe('NORMAL');
  });

  it('sends what the caller gave, with what only the execution knows', async () => {
    const service = new TestService();
    const given = {
      operation: 'chargeCard',
      payload: { cents: 100, lines: [] },
      idempotencyKey: 'charge/7',
      tenant: 'acme',
    };

    const executionArn = await service.start(definition, { ...given, deadline: '2030-01-31T12:00:00Z' });

    expect(lastRequest(service)).toEqual({
      ...given,
      schemaVersion: 1,
      lookup: false,
      taskToken: service.token(),
      callId: executionArn.split(':').at(-1),
      priority: 'NORMAL',
      attempt: 0,
      enqueuedAt: service.timers.nowMs(),
      deadline: Date.parse('2030-01-31T12:00:00Z'),
      execution: executionArn,
      state: 'Call',
    });
  });

  it('takes the mark by which Step Functions links nested executions, and keeps it to itself', async () => {
    const service = new TestService();
    const input = { operation: 'createOrder', [STARTED_BY]: 'arn:aws:states:eu-west-1:1:execution:Order:1' };

    await service.start(definition, input);

    expect(parseCallRequest(input, parseConfig(aLegacyApi()), 0)).toMatchObject({
      request: { operation: 'createOrder' },
    });
    expect(lastRequest(service).operation).toBe('createOrder');
    expect(JSON.stringify(sentBy(service))).not.toContain(STARTED_BY);
  });

  it('sends the calls of one tenant as one group, in characters that SQS takes, and others as none', async () => {
    const service = new TestService();
    const tenants = ['acme', 'a tenant with ünusual characters', undefined];

    for (const tenant of tenants)
      await service.start(definition, {
        operation: 'createOrder',
        ...(tenant === undefined ? {} : { tenant }),
      });

    const groups = sentBy(service).map(({ MessageGroupId }) => MessageGroupId);
    expect(groups).toEqual(
      tenants.map((tenant) => tenant && createHash('sha256').update(tenant).digest('hex')),
    );
    expect(Object.keys(sentBy(service)[2] ?? {})).not.toContain('MessageGroupId');
  });

  it('names the call by its execution, and its payload null, where the caller gave neither', async () => {
    const service = new TestService();

    const executionArn = await service.start(definition, { operation: 'getOrder' });

    expect(lastRequest(service)).toMatchObject({ idempotencyKey: executionArn, payload: null });
    expect(Object.keys(lastRequest(service))).not.toContain('tenant');
  });

  it('returns the result of the legacy API, after two state transitions', async () => {
    const service = new TestService();
    const executionArn = await service.start(definition, { operation: 'createOrder' });

    await service.succeed(service.token(), { id: 7 });

    expect(await service.describe(executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '{"id":7}' });
    const entered = (await service.eventTypes(executionArn)).filter((type) => type.endsWith('StateEntered'));
    expect(entered).toEqual(['ChoiceStateEntered', 'TaskStateEntered']);
  });

  it.each([
    TASK_ERRORS.outcomeUnknown,
    TASK_ERRORS.rejected,
    TASK_ERRORS.responseTooLarge,
    TASK_ERRORS.invalidRequest,
    TASK_ERRORS.deadlineExceeded,
    TASK_ERRORS.deadLettered,
  ])('fails with %s, which it never repeats', async (error) => {
    const service = new TestService();
    const executionArn = await service.start(definition, { operation: 'createOrder' });

    await service.fail(service.token(), error, 'the reason');

    expect(await service.describe(executionArn)).toMatchObject({
      status: 'FAILED',
      error,
      cause: expect.stringContaining('the reason') as string,
    });
    expect(service.sent).toHaveLength(1);
  });

  it.each(PRIORITIES)('times out when a %s call has waited as long as its class may', async (priority) => {
    const service = new TestService();
    const executionArn = await service.start(definition, { operation: 'createOrder', priority });

    await service.timers.advance(priorities[priority].taskTimeoutSeconds * 1_000 - 1);
    const before = await service.describe(executionArn);
    await service.timers.advance(1);

    expect(before.status).toBe('RUNNING');
    expect(await service.describe(executionArn)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
  });
});

describe('an unavailable legacy API', () => {
  it('is called again under the same name, by a message of a new token and a new age', async () => {
    const service = new TestService();
    await service.start(definition, { operation: 'createOrder', payload: [1] });
    const first = lastRequest(service);

    await service.fail(first.taskToken, TASK_ERRORS.unavailable, 'refused');
    await service.timers.advance(UNAVAILABLE_RETRY.intervalSeconds * 1_000);

    const second = lastRequest(service);
    expect(second).toEqual({
      ...first,
      attempt: 1,
      taskToken: second.taskToken,
      enqueuedAt: second.enqueuedAt,
    });
    expect(second.taskToken).not.toBe(first.taskToken);
    expect(second.enqueuedAt).toBeGreaterThanOrEqual(first.enqueuedAt);
  });

  it('fails the execution by name after the last repeat, which is not postponed without end', async () => {
    const service = new TestService();
    const executionArn = await service.start(definition, { operation: 'createOrder' });

    for (let attempt = 0; attempt <= UNAVAILABLE_RETRY.maxAttempts; attempt += 1) {
      await service.fail(service.token(), TASK_ERRORS.unavailable, `refused ${attempt}`);
      await service.timers.advance(UNAVAILABLE_RETRY.maxDelaySeconds * 1_000);
    }

    expect(service.sent).toHaveLength(UNAVAILABLE_RETRY.maxAttempts + 1);
    expect(lastRequest(service).attempt).toBe(UNAVAILABLE_RETRY.maxAttempts);
    expect(await service.describe(executionArn)).toMatchObject({
      status: 'FAILED',
      error: TASK_ERRORS.unavailable,
      cause: `refused ${UNAVAILABLE_RETRY.maxAttempts}`,
    });
  });
});

describe('a queue that cannot be reached', () => {
  it.each(['SQS.SdkClientException', 'SQS.AmazonSQSException'])('is tried again after %s', async (error) => {
    let failures = 2;
    const sent: unknown[] = [];
    const service = new TestService({
      integrations: {
        [sendMessage]: (args) => {
          if (failures > 0) {
            failures -= 1;
            return Promise.reject(new IntegrationError(error, 'no answer'));
          }
          sent.push(args);
          return Promise.resolve({});
        },
      },
    });

    const executionArn = await service.start(definition, { operation: 'createOrder' });
    await service.timers.advance(60_000);

    expect(sent).toHaveLength(1);
    expect(await service.describe(executionArn)).toMatchObject({ status: 'RUNNING' });
  });

  it('fails the execution by name when it stays away', async () => {
    const service = new TestService({
      integrations: {
        [sendMessage]: () => Promise.reject(new IntegrationError('SQS.SdkClientException', 'no answer')),
      },
    });

    const executionArn = await service.start(definition, { operation: 'createOrder' });
    await service.timers.advance(DAY_MS);

    expect(await service.describe(executionArn)).toMatchObject({
      status: 'FAILED',
      error: 'SQS.SdkClientException',
    });
  });
});
