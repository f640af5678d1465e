import { aCallbackTask, aMachine, inner } from './support/machines.js';
import { TestService } from './support/service.js';
import { settled } from './support/virtual-timers.js';

const DAY_MS = 86_400_000;

const twoCalls = aMachine({
  First: aCallbackTask({ End: undefined, Next: 'Second', Assign: { first: '{% $states.result %}' } }),
  Second: aCallbackTask({ Output: '{% {"first": $first, "second": $states.result} %}' }),
});

async function redrive(service: TestService, executionArn: string): Promise<void> {
  await service.call('RedriveExecution', { executionArn });
  await settled();
}

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

    await redrive(service, arn);

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

    await redrive(service, arn);

    expect(service.token()).not.toBe(old);
    expect(await service.succeed(old)).toBe('TaskTimedOut');
  });

  it('appends to the history, and enters the state no second time', async () => {
    const { service, arn } = await failedInSecond();
    const before = (await service.history(arn)).length;
    await redrive(service, arn);

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

    await redrive(service, arn);
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

    await redrive(service, arn);
    await service.timers.advance(20_000);
    await failTwice();
    expect(service.sent).toHaveLength(4);
    await redrive(service, arn);
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
    await redrive(service, arn);
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

  it('enters a Fail state again, which fails again', async () => {
    const service = new TestService();
    const arn = await service.start(aMachine({ Stop: { Type: 'Fail', Error: 'Refused' } }));

    await redrive(service, arn);

    expect(await service.describe(arn)).toMatchObject({
      status: 'FAILED',
      error: 'Refused',
      redriveCount: 1,
    });
    expect((await service.eventTypes(arn)).slice(-3)).toEqual([
      'ExecutionRedriven',
      'FailStateEntered',
      'ExecutionFailed',
    ]);
  });

  it('leaves a Wait whose time has passed meanwhile', async () => {
    const service = new TestService();
    const Timestamp = new Date(service.timers.nowMs() + 60_000).toISOString();
    const arn = await service.start(aMachine({ Wait: { Type: 'Wait', Timestamp, End: true } }));
    await service.call('StopExecution', { executionArn: arn });
    await service.timers.advance(61_000);

    await redrive(service, arn);

    expect((await service.describe(arn)).status).toBe('SUCCEEDED');
  });

  it('runs only those branches of a Parallel that failed or were cut off', async () => {
    const service = new TestService();
    const branch = (name: string) =>
      inner(aMachine({ [name]: aCallbackTask({ Output: `{% "${name} " & $states.result %}` }) }));
    const Branches = [branch('A'), branch('B'), branch('C')];
    const arn = await service.start(aMachine({ All: { Type: 'Parallel', Branches, End: true } }));
    await service.succeed(service.token(0), 'first');
    await service.fail(service.token(1), 'Busy');

    await redrive(service, arn);
    expect(service.sent).toHaveLength(5);
    await service.succeed(service.token(3), 'second');
    await service.succeed(service.token(4), 'third');

    expect(JSON.parse((await service.describe(arn)).output ?? '')).toEqual([
      'A first',
      'B second',
      'C third',
    ]);
  });

  it('runs only those iterations of a Map that failed, were cut off or had not begun', async () => {
    const service = new TestService();
    const ItemProcessor = inner(
      aMachine({
        Set: { Type: 'Pass', Assign: { item: '{% $states.input %}' }, Next: 'Call' },
        Call: aCallbackTask({ Output: '{% $item & ":" & $states.result %}' }),
      }),
    );
    const arn = await service.start(
      aMachine({ Each: { Type: 'Map', ItemProcessor, MaxConcurrency: 2, End: true } }),
      ['a', 'b', 'c'],
    );
    await service.succeed(service.token(0), 1);
    await service.fail(service.token(1), 'Busy');
    expect(service.sent).toHaveLength(3);

    await redrive(service, arn);
    expect(service.sent).toHaveLength(5);
    await service.succeed(service.token(3), 2);
    await service.succeed(service.token(4), 3);

    expect(JSON.parse((await service.describe(arn)).output ?? '')).toEqual(['a:1', 'b:2', 'c:3']);
  });

  it('runs a Parallel whose joined result was too large again as a whole', async () => {
    const service = new TestService();
    const large = { Type: 'Pass', Output: '{% $pad("", 200000, "x") %}', End: true };
    const call = inner(aMachine({ Call: aCallbackTask() }));
    const Branches = [inner(aMachine({ One: large })), inner(aMachine({ Other: large })), call];
    const arn = await service.start(aMachine({ All: { Type: 'Parallel', Branches, End: true } }));
    await service.succeed(service.token(), 'small');
    expect((await service.describe(arn)).error).toBe('States.DataLimitExceeded');

    await redrive(service, arn);

    expect(service.sent).toHaveLength(2);
  });

  it('lets a Parallel that is retried after a redrive run as a whole', async () => {
    const service = new TestService();
    const Branches = ['A', 'B'].map((name) => inner(aMachine({ [name]: aCallbackTask() })));
    const Retry = [{ ErrorEquals: ['Busy'], IntervalSeconds: 1, MaxAttempts: 1 }];
    const arn = await service.start(aMachine({ All: { Type: 'Parallel', Branches, Retry, End: true } }));
    await service.succeed(service.token(0));
    await service.fail(service.token(1), 'Broken');

    await redrive(service, arn);
    expect(service.sent).toHaveLength(3);
    await service.fail(service.token(2), 'Busy');
    await service.timers.advance(1_000);

    expect(service.sent).toHaveLength(5);
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
    await redrive(service, arn);

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
