import { IntegrationError } from '../../local/aws/step-functions/integration.js';
import { aCallbackTask, aMachine, aMachineOf, sendMessage } from './support/machines.js';
import { TestService } from './support/service.js';
import { settled } from './support/virtual-timers.js';

const machine = aMachine({ Call: aCallbackTask() });

describe('a callback task', () => {
  it('waits for its token and ends with the output of the callback', async () => {
    const service = new TestService();
    const arn = await service.start(machine);
    const before = await service.describe(arn);

    const refusal = await service.succeed(service.token(), { total: 3 });
    const after = await service.describe(arn);

    expect(before.status).toBe('RUNNING');
    expect(refusal).toBeUndefined();
    expect([after.status, after.output]).toEqual(['SUCCEEDED', '{"total":3}']);
  });

  it('shapes the result by its Output', async () => {
    const service = new TestService();
    const arn = await service.start(
      aMachine({ Call: aCallbackTask({ Output: '{% $states.result.total %}' }) }),
    );

    await service.succeed(service.token(), { total: 3 });

    expect((await service.describe(arn)).output).toBe('3');
  });

  it('fails with the error and cause of the callback', async () => {
    const service = new TestService();
    const arn = await service.start(machine);

    await service.fail(service.token(), 'LegacyApi.Rejected', 'status 422');

    expect(await service.describe(arn)).toMatchObject({
      status: 'FAILED',
      error: 'LegacyApi.Rejected',
      cause: 'status 422',
    });
  });

  it('has a token of at least 256 bits that no other attempt has', async () => {
    const service = new TestService();
    for (let count = 0; count < 100; count += 1) await service.start(machine);

    const tokens = service.sent.map((_, position) => service.token(position));

    expect(new Set(tokens).size).toBe(100);
    expect(Math.min(...tokens.map((token) => token.length))).toBeGreaterThanOrEqual((256 / 6) | 0);
    expect(tokens.every((token) => /^[\w-]{1,2048}$/.test(token))).toBe(true);
  });

  it('accepts a callback that overtakes the answer of the queue', async () => {
    let answer: (value: unknown) => void = () => undefined;
    let taskToken = '';
    const slowQueue = (args: unknown) => {
      ({ taskToken } = (args as { MessageBody: { taskToken: string } }).MessageBody);
      return new Promise((resolve) => (answer = resolve));
    };
    const service = new TestService({ integrations: { [sendMessage]: slowQueue } });
    const arn = await service.start(aMachine({ Call: aCallbackTask({ TimeoutSeconds: 10 }) }));

    const refusal = await service.succeed(taskToken, 'early');
    const again = await service.succeed(taskToken, 'again');
    await service.timers.advance(60_000);
    answer({});
    await settled();

    expect([refusal, again]).toEqual([undefined, 'TaskTimedOut']);
    expect((await service.describe(arn)).output).toBe('"early"');
    expect(await service.eventTypes(arn)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskSubmitted',
      'TaskSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
  });

  it('fails with the error of the queue if the message cannot be sent, and closes its token', async () => {
    let taskToken = '';
    const brokenQueue = (args: unknown) => {
      ({ taskToken } = (args as { MessageBody: { taskToken: string } }).MessageBody);
      return Promise.reject(new IntegrationError('SQS.SdkClientException', 'unreachable'));
    };
    const service = new TestService({ integrations: { [sendMessage]: brokenQueue } });
    const arn = await service.start(machine);

    expect(await service.describe(arn)).toMatchObject({
      error: 'SQS.SdkClientException',
      cause: 'unreachable',
    });
    expect(await service.succeed(taskToken)).toBe('TaskTimedOut');
  });
});

describe('a task that does not wait', () => {
  it('ends with the answer of the integration', async () => {
    const service = new TestService();
    const output = await service.outputOf(
      aMachineOf({
        Type: 'Task',
        Resource: sendMessage,
        Arguments: { MessageBody: '{% $states.input.a %}' },
      }),
      { a: 'hello' },
    );

    expect(service.sent).toEqual([{ MessageBody: 'hello' }]);
    expect(output).toEqual({ MessageId: 'message-1' });
  });
});
