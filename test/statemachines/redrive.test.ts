import { aCallbackTask, aMachine } from './support/machines.js';
import { TestService } from './support/service.js';
import { settled } from './support/virtual-timers.js';

const DAY_MS = 86_400_000;

const twoCalls = aMachine({
  First: aCallbackTask({ End: undefined, Next: 'Second', Assign: { first: '{% $states.result %}' } }),
  Second: aCallbackTask({ Output: '{% {"first": $first, "second": $states.result} %}' }),
});

async function failedInSecond() {
  const service = new TestService();
  const arn = await service.start(twoCalls, { order: 7 });
  await service.succeed(service.token(), 'one');
  await service.fail(service.token(), 'Busy', 'full');
  return { service, arn };
}

describe('RedriveExecution', () => {
  it('goes on with the state that failed: same input, same variables, nothing before it again', async () => {
    const { service, arn } = await failedInSecond();

    await service.redrive(arn);

    expect(service.sent).toHaveLength(3);
    expect(await service.describe(arn)).toMatchObject({ status: 'RUNNING', redriveCount: 1 });
    await service.succeed(service.token(), 'two');
    expect(await service.describe(arn)).toMatchObject({
      status: 'SUCCEEDED',
      output: '{"first":"one","second":"two"}',
      input: '{"order":7}',
    });
  });

  it('gives the task another token, and takes the old one no more', async () => {
    const { service, arn } = await failedInSecond();
    const old = service.token();

    await service.redrive(arn);

    expect(service.token()).not.toBe(old);
    expect(await service.succeed(old)).toBe('TaskTimedOut');
  });

  it('appends to the history, and enters the state no second time', async () => {
    const { service, arn } = await failedInSecond();
    const before = (await service.history(arn)).length;
    await service.redrive(arn);

    const events = await service.history(arn);

    expect(events[before]).toMatchObject({
      type: 'ExecutionRedriven',
      id: before + 1,
      executionRedrivenEventDetails: { redriveCount: 1 },
    });
    const entered = events.filter(({ type }) => type === 'TaskStateEntered').at(-1);
    expect(events[before + 1]).toMatchObject({ type: 'TaskScheduled', previousEventId: entered?.id });
  });

  it.each([
    ['failed', (service: TestService) => service.fail(service.token(), 'Busy')],
    ['timed out', (service: TestService) => service.timers.advance(60_000)],
    [
      'was stopped',
      (service: TestService, executionArn: string) => service.call('StopExecution', { executionArn }),
    ],
  ])('takes an execution that %s', async (_, end) => {
    const service = new TestService();
    const arn = await service.start(aMachine({ Call: aCallbackTask() }, { TimeoutSeconds: 60 }));
    await end(service, arn);
    await settled();
    expect(await service.describe(arn)).toMatchObject({ redriveStatus: 'REDRIVABLE' });

    await service.redrive(arn);
    await service.succeed(service.token(), 'done');

    expect(await service.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: '"done"' });
  });

  it('begins timeouts and retries anew', async () => {
    const service = new TestService();
    const Retry = [{ ErrorEquals: ['Busy'], IntervalSeconds: 1, MaxAttempts: 1 }];
    const arn = await service.start(
      aMachine({ Call: aCallbackTask({ Retry, TimeoutSeconds: 30 }) }, { TimeoutSeconds: 60 }),
    );
    const failTwice = async () => {
      await service.fail(service.token(), 'Busy');
      await service.timers.advance(1_000);
      await service.fail(service.token(), 'Busy');
    };
    await failTwice();
    await service.timers.advance(50_000);

    await service.redrive(arn);
    await service.timers.advance(20_000);
    await failTwice();
    expect(service.sent).toHaveLength(4);
    await service.redrive(arn);
    await service.timers.advance(29_000);
    await service.succeed(service.token(), 'done');

    expect(await service.describe(arn)).toMatchObject({ status: 'SUCCEEDED', redriveCount: 2 });
  });

  it('tells of the redrive in events, in the context and in lists', async () => {
    const service = new TestService();
    const told = aCallbackTask({ Output: '{% $states.context.Execution.RedriveCount %}' });
    const arn = await service.start(aMachine({ Call: told }));
    await service.fail(service.token());
    const redriveDate = service.timers.nowMs();
    await service.redrive(arn);
    await service.succeed(service.token());

    const { stateMachineArn, output } = await service.describe(arn);
    const { executions } = await service.call<{ executions: readonly unknown[] }>('ListExecutions', {
      stateMachineArn,
    });

    expect(output).toBe('1');
    expect(executions[0]).toMatchObject({ redriveCount: 1, redriveDate: redriveDate / 1_000 });
    expect(service.changes.map(({ status, redriveCount }) => [status, redriveCount])).toEqual([
      ['RUNNING', 0],
      ['FAILED', 0],
      ['RUNNING', 1],
      ['SUCCEEDED', 1],
    ]);
    expect(service.changes.at(-1)).toMatchObject({
      redriveDate,
      redriveStatus: 'NOT_REDRIVABLE',
      redriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
    });
  });

  it.each([
    ['runs', 'Execution is RUNNING and cannot be redriven', () => Promise.resolve()],
    [
      'has succeeded',
      'Execution is SUCCEEDED and cannot be redriven',
      (service: TestService) => service.succeed(service.token()),
    ],
    [
      'ended more than 14 days ago',
      'Execution redrivable period exceeded',
      async (service: TestService) => {
        await service.fail(service.token());
        await service.timers.advance(14 * DAY_MS + 1);
      },
    ],
  ])('refuses an execution that %s', async (_, redriveStatusReason, bring) => {
    const service = new TestService();
    const executionArn = await service.start(aMachine({ Call: aCallbackTask() }));
    await bring(service);

    expect(await service.describe(executionArn)).toMatchObject({
      redriveStatus: 'NOT_REDRIVABLE',
      redriveStatusReason,
    });
    expect(await service.refusal('RedriveExecution', { executionArn })).toBe('ExecutionNotRedrivable');
  });

  it('refuses an execution that does not exist', async () => {
    const executionArn = 'arn:aws:states:eu-west-1:000000000000:execution:orders:nobody';

    expect(await new TestService().refusal('RedriveExecution', { executionArn })).toBe(
      'ExecutionDoesNotExist',
    );
  });

  it('is not forgotten while it runs again, however many end meanwhile', async () => {
    const service = new TestService({ endedExecutionsMax: 1 });
    const arn = await service.start(aMachine({ Call: aCallbackTask() }));
    await service.fail(service.token());
    await service.redrive(arn);

    await service.run(aMachine({ Done: { Type: 'Succeed' } }));
    await service.run(aMachine({ Done: { Type: 'Succeed' } }));

    expect((await service.describe(arn)).status).toBe('RUNNING');
  });

  it('redrives once for each client token, for a quarter of an hour', async () => {
    const { service, arn } = await failedInSecond();
    const request = { executionArn: arn, clientToken: 'token-1' };
    const first = await service.call('RedriveExecution', request);
    await settled();
    await service.fail(service.token(), 'Busy');

    await service.timers.advance(899_000);
    expect(await service.call('RedriveExecution', request)).toEqual(first);
    expect((await service.describe(arn)).status).toBe('FAILED');

    await service.timers.advance(1_000);
    await service.call('RedriveExecution', request);
    expect(await service.describe(arn)).toMatchObject({ status: 'RUNNING', redriveCount: 2 });
  });
});
