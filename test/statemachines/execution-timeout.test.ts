import { aCallbackTask, aMachine } from './support/machines.js';
import { TestService } from './support/service.js';

describe('TimeoutSeconds of a state machine', () => {
  const machine = aMachine(
    {
      Call: aCallbackTask({ Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }] }),
      Caught: { Type: 'Succeed' },
    },
    { TimeoutSeconds: 60 },
  );

  it('ends the execution as TIMED_OUT, which no state catches, and closes its tasks', async () => {
    const service = new TestService();
    const arn = await service.start(machine);

    await service.timers.advance(59_999);
    const before = await service.describe(arn);
    await service.timers.advance(1);
    const after = await service.describe(arn);

    expect([before.status, after.status]).toEqual(['RUNNING', 'TIMED_OUT']);
    expect(await service.succeed(service.token())).toBe('TaskTimedOut');
    expect((await service.eventTypes(arn)).at(-1)).toBe('ExecutionTimedOut');
  });

  it('leaves no timer behind when the execution ends first', async () => {
    const service = new TestService();
    await service.start(machine);

    await service.succeed(service.token());

    expect(service.timers.pending).toBe(0);
  });
});
