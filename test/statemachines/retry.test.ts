import { retryDelayMs } from '../../local/aws/step-functions/states/error-handling.js';
import { aCallbackTask, aMachine } from './support/machines.js';
import { TestService } from './support/service.js';

const retryOf = (...Retry: readonly object[]) => aMachine({ Call: aCallbackTask({ Retry }) });

describe('Retry', () => {
  it('waits IntervalSeconds, then longer by BackoffRate, up to MaxDelaySeconds, MaxAttempts times', async () => {
    const service = new TestService();
    const arn = await service.start(
      retryOf({
        ErrorEquals: ['Busy'],
        IntervalSeconds: 2,
        BackoffRate: 3,
        MaxDelaySeconds: 10,
        MaxAttempts: 3,
      }),
    );
    const sentAfterMs: number[] = [];

    for (const waitMs of [2_000, 6_000, 10_000]) {
      await service.fail(service.token(), 'Busy');
      await service.timers.advance(waitMs - 1);
      sentAfterMs.push(service.sent.length);
      await service.timers.advance(1);
    }
    await service.fail(service.token(), 'Busy');

    expect(sentAfterMs).toEqual([1, 2, 3]);
    expect(service.sent).toHaveLength(4);
    expect(await service.describe(arn)).toMatchObject({ status: 'FAILED', error: 'Busy' });
  });

  it('gives every attempt a token of its own and closes the old one', async () => {
    const service = new TestService();
    const arn = await service.start(retryOf({ ErrorEquals: ['States.Timeout', 'Busy'] }));
    const first = service.token();

    await service.fail(first, 'Busy');
    await service.timers.advance(1_000);

    expect(service.token()).not.toBe(first);
    expect(await service.succeed(first)).toBe('TaskTimedOut');
    expect(await service.succeed(service.token())).toBeUndefined();
    expect((await service.describe(arn)).status).toBe('SUCCEEDED');
  });

  it('counts the attempts of each retrier on its own', async () => {
    const service = new TestService();
    const arn = await service.start(
      retryOf(
        { ErrorEquals: ['A'], MaxAttempts: 1, IntervalSeconds: 1 },
        { ErrorEquals: ['B'], MaxAttempts: 1, IntervalSeconds: 5 },
      ),
    );

    await service.fail(service.token(), 'A');
    await service.timers.advance(1_000);
    await service.fail(service.token(), 'B');
    await service.timers.advance(5_000);
    await service.fail(service.token(), 'A');

    expect(service.sent).toHaveLength(3);
    expect((await service.describe(arn)).error).toBe('A');
  });

  it('shows the number of retries as RetryCount', async () => {
    const service = new TestService();
    const task = aCallbackTask({
      Retry: [{ ErrorEquals: ['Busy'] }],
      Output: '{% $states.context.State.RetryCount %}',
    });
    const arn = await service.start(aMachine({ Call: task }));

    await service.fail(service.token(), 'Busy');
    await service.timers.advance(1_000);
    await service.succeed(service.token());

    expect((await service.describe(arn)).output).toBe('1');
  });

  it('does not retry with MaxAttempts 0', async () => {
    const service = new TestService();
    const arn = await service.start(
      retryOf({ ErrorEquals: ['Busy'], MaxAttempts: 0 }, { ErrorEquals: ['States.ALL'] }),
    );

    await service.fail(service.token(), 'Busy');

    expect((await service.describe(arn)).status).toBe('FAILED');
  });
});

describe('JitterStrategy FULL', () => {
  it.each([
    [0, 0],
    [0.25, 2_000],
    [1, 8_000],
  ])('spreads the delay over all of it: ratio %d', (ratio, expectedMs) => {
    const retrier = {
      errorEquals: ['States.ALL'],
      intervalSeconds: 2,
      attemptsMax: 9,
      backoffRate: 2,
      delayMaxSeconds: undefined,
      jitter: 'FULL',
    } as const;

    expect(retryDelayMs(retrier, 2, { ratio: () => ratio })).toBe(expectedMs);
    expect(retryDelayMs({ ...retrier, jitter: 'NONE' }, 2, { ratio: () => ratio })).toBe(8_000);
  });
});
