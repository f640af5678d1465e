import { aCallbackTask, aMachine, aMachineOf } from './support/machines.js';
import { TestService } from './support/service.js';

describe('stop', () => {
  it('leaves no timer running and emits nothing more', async () => {
    const service = new TestService();
    const tasks = aCallbackTask({ TimeoutSeconds: 60, HeartbeatSeconds: 30 });
    await service.start(aMachine({ Call: tasks }, { TimeoutSeconds: 600 }));
    await service.start(aMachineOf({ Type: 'Wait', Seconds: 60 }));
    const stateMachineArn = service.create(aMachineOf({ Type: 'Wait', Seconds: 60 }));
    const changes = service.changes.length;

    service.stepFunctions.stop();
    await service.timers.advance(3_600_000);

    expect(await service.refusal('StartExecution', { stateMachineArn })).toBe('ServiceUnavailable');
    expect(service.timers.pending).toBe(0);
    expect(service.changes).toHaveLength(changes);
    expect(await service.succeed(service.token())).toBe('TaskTimedOut');
  });
});
