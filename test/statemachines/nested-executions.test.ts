import { aCallbackTask, aMachine, aMachineOf } from './support/machines.js';
import { TestService } from './support/service.js';

const startExecution = 'arn:aws:states:::states:startExecution';

async function aParent(resource: string, child: string, input: unknown = { a: 1 }) {
  const service = new TestService();
  const StateMachineArn = service.create(child, 'child');
  const task = {
    Type: 'Task',
    Resource: resource,
    Arguments: { StateMachineArn, Name: 'nested', Input: input },
    End: true,
  };
  const parentArn = await service.start(aMachine({ Nest: task }));
  const childArn = 'arn:aws:states:eu-west-1:000000000000:execution:child:nested';
  return { service, parentArn, childArn };
}

describe('states:startExecution', () => {
  it('starts an execution and does not wait for it', async () => {
    const { service, parentArn, childArn } = await aParent(
      startExecution,
      aMachine({ Call: aCallbackTask() }),
    );

    const { output } = await service.describe(parentArn);

    expect(JSON.parse(output ?? '')).toEqual({ ExecutionArn: childArn, StartDate: service.timers.nowMs() });
    expect(await service.describe(childArn)).toMatchObject({ status: 'RUNNING', input: '{"a":1}' });
  });

  it('fails by name if there is no such machine', async () => {
    const Arguments = { StateMachineArn: 'arn:aws:states:eu-west-1:000000000000:stateMachine:nobody' };
    const { error } = await new TestService().run(
      aMachineOf({ Type: 'Task', Resource: startExecution, Arguments }),
    );

    expect(error).toBe('StepFunctions.StateMachineDoesNotExistException');
  });
});

describe('states:startExecution.sync:2', () => {
  it('waits for the execution and has its input and output as JSON', async () => {
    const { service, parentArn, childArn } = await aParent(
      `${startExecution}.sync:2`,
      aMachine({ Call: aCallbackTask() }),
    );

    const before = await service.describe(parentArn);
    await service.succeed(service.token(), { b: 2 });
    const { output } = await service.describe(parentArn);

    expect(before.status).toBe('RUNNING');
    expect(JSON.parse(output ?? '')).toMatchObject({
      ExecutionArn: childArn,
      Input: { a: 1 },
      Output: { b: 2 },
      Status: 'SUCCEEDED',
    });
  });

  it('fails as States.TaskFailed with the description of the failed execution', async () => {
    const { service, parentArn } = await aParent(
      `${startExecution}.sync:2`,
      aMachine({ Call: aCallbackTask() }),
    );

    await service.fail(service.token(), 'Busy', 'full');
    const { error, cause } = await service.describe(parentArn);

    expect(error).toBe('States.TaskFailed');
    expect(JSON.parse(cause ?? '')).toMatchObject({
      Error: 'Busy',
      Cause: 'full',
      Status: 'FAILED',
      Input: '{"a":1}',
    });
  });

  it('stops the execution when its own is stopped', async () => {
    const { service, parentArn, childArn } = await aParent(
      `${startExecution}.sync:2`,
      aMachine({ Call: aCallbackTask() }),
    );

    await service.call('StopExecution', { executionArn: parentArn });

    expect((await service.describe(childArn)).status).toBe('ABORTED');
  });

  it('waits for nothing if the execution has ended at once', async () => {
    const { service, parentArn } = await aParent(`${startExecution}.sync:2`, aMachineOf({ Type: 'Pass' }));

    expect((await service.describe(parentArn)).status).toBe('SUCCEEDED');
  });
});
