import { aCallbackTask, aMachine } from './support/machines.js';
import { TestService } from './support/service.js';

async function aRunningExecution() {
  const service = new TestService();
  const arn = await service.start(aMachine({ Call: aCallbackTask() }, { TimeoutSeconds: 60 }), { a: 1 });
  return { service, arn };
}

describe('a status change', () => {
  it('of a start has the fields of AWS, with dates in milliseconds', async () => {
    const { service, arn } = await aRunningExecution();

    expect(service.changes).toEqual([
      {
        executionArn: arn,
        stateMachineArn: 'arn:aws:states:eu-west-1:000000000000:stateMachine:machine-1',
        name: expect.any(String) as string,
        status: 'RUNNING',
        startDate: service.timers.nowMs(),
        stopDate: null,
        input: '{"a":1}',
        output: null,
        stateMachineVersionArn: null,
        stateMachineAliasArn: null,
        redriveCount: 0,
        redriveDate: null,
        redriveStatus: 'NOT_REDRIVABLE',
        redriveStatusReason: 'Execution is RUNNING and cannot be redriven',
        inputDetails: { included: true },
        outputDetails: null,
        error: null,
        cause: null,
      },
    ]);
  });

  it('tells of success with the output', async () => {
    const { service } = await aRunningExecution();

    await service.succeed(service.token(), 'done');

    expect(service.changes.at(-1)).toMatchObject({
      status: 'SUCCEEDED',
      output: '"done"',
      outputDetails: { included: true },
      stopDate: service.timers.nowMs(),
    });
  });

  it('tells of failure with error and cause', async () => {
    const { service } = await aRunningExecution();

    await service.fail(service.token(), 'Busy', 'full');

    expect(service.changes.at(-1)).toMatchObject({
      status: 'FAILED',
      error: 'Busy',
      cause: 'full',
      output: null,
    });
  });

  it('tells of a timeout and of a stop', async () => {
    const timedOut = await aRunningExecution();
    const stopped = await aRunningExecution();

    await timedOut.service.timers.advance(60_000);
    await stopped.service.call('StopExecution', { executionArn: stopped.arn });

    expect(timedOut.service.changes.at(-1)?.status).toBe('TIMED_OUT');
    expect(stopped.service.changes.at(-1)?.status).toBe('ABORTED');
  });
});
