import { aCallbackTask, aMachine } from './support/machines.js';
import { TestService } from './support/service.js';

const machineOf = (...Catch: readonly object[]) =>
  aMachine({
    Call: aCallbackTask({ Catch, Next: 'Done', End: undefined, Assign: { from: 'result' } }),
    Done: { Type: 'Pass', Output: ['{% $states.input %}', '{% $exists($from) ? $from : null %}'], End: true },
  });

async function afterFailure(definition: string, error?: string, cause?: string) {
  const service = new TestService();
  const arn = await service.start(definition, { order: 7 });
  await service.fail(service.token(), error, cause);
  return service.describe(arn);
}

describe('Catch', () => {
  it('goes on with the error as input', async () => {
    const definition = machineOf(
      { ErrorEquals: ['Other'], Next: 'Call' },
      { ErrorEquals: ['A', 'B'], Next: 'Done' },
    );

    expect((await afterFailure(definition, 'B', 'why')).output).toBe('[{"Error":"B","Cause":"why"},null]');
  });

  it('shapes output and variables from $states.errorOutput and the input of the state', async () => {
    const definition = machineOf({
      ErrorEquals: ['States.ALL'],
      Next: 'Done',
      Output: { failed: '{% $states.input.order %}', with: '{% $states.errorOutput.Error %}' },
      Assign: { from: '{% $states.errorOutput.Cause %}' },
    });

    expect((await afterFailure(definition, 'B', 'why')).output).toBe('[{"failed":7,"with":"B"},"why"]');
  });

  it('has null for what the callback left out', async () => {
    const definition = machineOf({ ErrorEquals: ['States.ALL'], Next: 'Done' });

    expect((await afterFailure(definition)).output).toBe('[{"Error":null,"Cause":null},null]');
  });

  it('leaves an error that it does not name to fail the execution', async () => {
    const definition = machineOf({ ErrorEquals: ['A'], Next: 'Done' });

    expect(await afterFailure(definition, 'B')).toMatchObject({ status: 'FAILED', error: 'B' });
  });

  it('takes over when the retries are used up', async () => {
    const service = new TestService();
    const arn = await service.start(
      aMachine({
        Call: aCallbackTask({
          Retry: [{ ErrorEquals: ['A'], MaxAttempts: 1 }],
          Catch: [{ ErrorEquals: ['A'], Next: 'Done' }],
        }),
        Done: { Type: 'Succeed', Output: 'caught' },
      }),
    );

    await service.fail(service.token(), 'A');
    await service.timers.advance(1_000);
    await service.fail(service.token(), 'A');

    expect((await service.describe(arn)).output).toBe('"caught"');
  });

  it('takes an expression that fails, in the arguments as in the output', async () => {
    const Catch = [{ ErrorEquals: ['States.QueryEvaluationError'], Next: 'Done', Output: 'caught' }];
    const machine = (field: object) =>
      aMachine({ Call: aCallbackTask({ Catch, ...field }), Done: { Type: 'Succeed' } });

    const output = await new TestService().outputOf(machine({ Arguments: '{% $states.input.missing %}' }));

    expect(output).toBe('caught');
  });
});
