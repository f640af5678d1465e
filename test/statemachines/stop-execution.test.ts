import { aCallbackTask, aMachine, aMachineOf } from './support/machines.js';
import { TestService } from './support/service.js';

describe('StopExecution', () => {
  it('ends a running execution as ABORTED with the given error and cause', async () => {
    const service = new TestService();
    const arn = await service.start(aMachine({ Call: aCallbackTask({ TimeoutSeconds: 60 }) }));

    const answer = await service.call('StopExecution', {
      executionArn: arn,
      error: 'Operator',
      cause: 'wrong order',
    });

    expect(answer).toEqual({ stopDate: service.timers.nowMs() / 1_000 });
    expect(await service.describe(arn)).toMatchObject({
      status: 'ABORTED',
      error: 'Operator',
      cause: 'wrong order',
    });
    expect(service.timers.pending).toBe(0);
    expect((await service.history(arn)).at(-1)).toMatchObject({
      type: 'ExecutionAborted',
      previousEventId: 0,
      executionAbortedEventDetails: { error: 'Operator', cause: 'wrong order' },
    });
  });

  it('changes nothing about an execution that has ended', async () => {
    const service = new TestService();
    const arn = await service.start(aMachineOf({ Type: 'Pass' }));
    await service.timers.advance(5_000);

    const { stopDate } = await service.call('StopExecution', { executionArn: arn });

    expect(stopDate).toBe(service.timers.nowMs() / 1_000 - 5);
    expect((await service.describe(arn)).status).toBe('SUCCEEDED');
    expect(service.changes.map(({ status }) => status)).toEqual(['RUNNING', 'SUCCEEDED']);
  });

  it('refuses an execution that does not exist', async () => {
    const executionArn = 'arn:aws:states:eu-west-1:000000000000:execution:orders:nobody';

    expect(await new TestService().refusal('StopExecution', { executionArn })).toBe('ExecutionDoesNotExist');
  });
});
