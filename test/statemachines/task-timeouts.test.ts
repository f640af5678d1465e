import { aCallbackTask, aMachine } from './support/machines.js';
import { TestService } from './support/service.js';

describe('TimeoutSeconds of a task', () => {
  it.each([30, '{% $states.input.limit %}'])(
    'ends a task that has no result by then: %s',
    async (TimeoutSeconds) => {
      const service = new TestService();
      const arn = await service.start(aMachine({ Call: aCallbackTask({ TimeoutSeconds }) }), { limit: 30 });

      await service.timers.advance(29_999);
      const before = await service.describe(arn);
      await service.timers.advance(1);
      const after = await service.describe(arn);

      expect(before.status).toBe('RUNNING');
      expect(after).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
      expect(await service.eventTypes(arn)).toContain('TaskTimedOut');
    },
  );

  it('is not moved by heartbeats', async () => {
    const service = new TestService();
    const arn = await service.start(
      aMachine({ Call: aCallbackTask({ TimeoutSeconds: 30, HeartbeatSeconds: 20 }) }),
    );

    await service.timers.advance(15_000);
    await service.heartbeat(service.token());
    await service.timers.advance(14_999);
    const before = await service.describe(arn);
    await service.timers.advance(1);

    expect(before.status).toBe('RUNNING');
    expect((await service.describe(arn)).status).toBe('FAILED');
  });

  it.each(['{% 0 %}', '{% 1.5 %}', "{% 'ten' %}", '{% -1 %}', '{% null %}'])(
    'fails the task if it evaluates to anything but whole seconds: %s',
    async (TimeoutSeconds) => {
      const { error } = await new TestService().run(aMachine({ Call: aCallbackTask({ TimeoutSeconds }) }));

      expect(error).toBe('States.QueryEvaluationError');
    },
  );
});

describe('HeartbeatSeconds of a task', () => {
  const machine = (more: object = {}) =>
    aMachine({
      Call: aCallbackTask({ HeartbeatSeconds: '{% 10 %}', TimeoutSeconds: 100, ...more }),
      Caught: { Type: 'Pass', End: true },
    });

  it('ends a task that stays silent for so long', async () => {
    const service = new TestService();
    const arn = await service.start(machine({ Catch: [{ ErrorEquals: ['Other'], Next: 'Caught' }] }));

    await service.timers.advance(9_000);
    await service.heartbeat(service.token());
    await service.timers.advance(9_999);
    const before = await service.describe(arn);
    await service.timers.advance(1);

    expect(before.status).toBe('RUNNING');
    expect(await service.describe(arn)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
  });

  it.each(['States.HeartbeatTimeout', 'States.Timeout', 'States.ALL'])(
    'is caught by the name %s',
    async (name) => {
      const service = new TestService();
      const arn = await service.start(machine({ Catch: [{ ErrorEquals: [name], Next: 'Caught' }] }));

      await service.timers.advance(10_000);

      expect((await service.describe(arn)).output).toBe('{"Error":"States.Timeout","Cause":""}');
    },
  );

  it('is not caught by States.TaskFailed', async () => {
    const service = new TestService();
    const arn = await service.start(
      machine({ Catch: [{ ErrorEquals: ['States.TaskFailed'], Next: 'Caught' }] }),
    );

    await service.timers.advance(10_000);

    expect((await service.describe(arn)).status).toBe('FAILED');
  });
});

describe('SendTaskHeartbeat', () => {
  it('succeeds on a task without HeartbeatSeconds and adds no event', async () => {
    const service = new TestService();
    const arn = await service.start(aMachine({ Call: aCallbackTask() }));
    const before = await service.eventTypes(arn);

    expect(await service.heartbeat(service.token())).toBeUndefined();
    expect(await service.eventTypes(arn)).toEqual(before);
  });
});
