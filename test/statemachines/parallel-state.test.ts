import { aCallbackTask, aMachine, inner } from './support/machines.js';
import { TestService } from './support/service.js';

const taskBranch = (name: string) => inner(aMachine({ [name]: aCallbackTask() }));
const waitBranch = inner(aMachine({ Wait: { Type: 'Wait', Seconds: 5, End: true } }));
const machine = (more: object = {}) =>
  aMachine({
    Fork: { Type: 'Parallel', Branches: [taskBranch('A'), taskBranch('B'), waitBranch], End: true, ...more },
    Caught: { Type: 'Pass', End: true },
  });
const catching = { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }] };

describe('a Parallel state', () => {
  it('ends when all branches have, with their outputs in the order of the definition', async () => {
    const service = new TestService();
    const arn = await service.start(machine(catching), 'in');
    const [a, b] = [service.token(-2), service.token(-1)];

    await service.succeed(b, 'b');
    await service.timers.advance(5_000);
    const before = await service.describe(arn);
    await service.succeed(a, 'a');

    expect(before.status).toBe('RUNNING');
    expect((await service.describe(arn)).output).toBe('["a","b","in"]');
  });

  it('hands its Arguments to every branch', async () => {
    const branch = inner(aMachine({ Show: { Type: 'Pass', End: true } }));
    const output = await new TestService().outputOf(
      aMachine({
        Fork: { Type: 'Parallel', Branches: [branch], Arguments: { a: '{% $states.input %}' }, End: true },
      }),
      1,
    );

    expect(output).toEqual([{ a: 1 }]);
  });

  it('fails with the first error and closes the other branches', async () => {
    const service = new TestService();
    const arn = await service.start(machine(catching));
    const [a, b] = [service.token(-2), service.token(-1)];

    await service.fail(a, 'A.Failed', 'why');

    expect(await service.describe(arn)).toMatchObject({
      status: 'SUCCEEDED',
      output: '{"Error":"A.Failed","Cause":"why"}',
    });
    expect(await service.succeed(b)).toBe('TaskTimedOut');
    expect(service.timers.pending).toBe(0);
    expect((await service.eventTypes(arn)).slice(-8)).toEqual([
      'TaskFailed',
      'TaskStateAborted',
      'WaitStateAborted',
      'ParallelStateFailed',
      'ParallelStateExited',
      'PassStateEntered',
      'PassStateExited',
      'ExecutionSucceeded',
    ]);
  });

  it('starts all branches anew on Retry', async () => {
    const service = new TestService();
    const retrying = { Retry: [{ ErrorEquals: ['States.TaskFailed'] }], ...catching };
    const arn = await service.start(machine(retrying));

    await service.fail(service.token(), 'Busy');
    await service.timers.advance(1_000);
    await service.succeed(service.token(-2), 'a');
    await service.succeed(service.token(-1), 'b');
    await service.timers.advance(5_000);

    expect(service.sent).toHaveLength(4);
    expect((await service.describe(arn)).output).toBe('["a","b",{}]');
  });
});
