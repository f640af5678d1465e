import { aCallbackTask, aMachine, inner } from './support/machines.js';
import { TestService } from './support/service.js';

describe('a redrive', () => {
  it('enters a Fail state again, which fails again', async () => {
    const service = new TestService();
    const arn = await service.start(aMachine({ Stop: { Type: 'Fail', Error: 'Refused' } }));

    await service.redrive(arn);

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

    await service.redrive(arn);

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

    await service.redrive(arn);
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

    await service.redrive(arn);
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

    await service.redrive(arn);

    expect(service.sent).toHaveLength(2);
  });

  it('lets a Parallel that is retried after a redrive run as a whole', async () => {
    const service = new TestService();
    const Branches = ['A', 'B'].map((name) => inner(aMachine({ [name]: aCallbackTask() })));
    const Retry = [{ ErrorEquals: ['Busy'], IntervalSeconds: 1, MaxAttempts: 1 }];
    const arn = await service.start(aMachine({ All: { Type: 'Parallel', Branches, Retry, End: true } }));
    await service.succeed(service.token(0));
    await service.fail(service.token(1), 'Broken');

    await service.redrive(arn);
    expect(service.sent).toHaveLength(3);
    await service.fail(service.token(2), 'Busy');
    await service.timers.advance(1_000);

    expect(service.sent).toHaveLength(5);
  });
});
