import { aCallbackTask, aMachine } from './support/machines.js';
import { TestService } from './support/service.js';

const machine = aMachine({ Call: aCallbackTask({ TimeoutSeconds: 60 }) });
const callbacks = ['SendTaskSuccess', 'SendTaskFailure', 'SendTaskHeartbeat'];

async function aWaitingTask() {
  const service = new TestService();
  const arn = await service.start(machine);
  return { service, arn, taskToken: service.token() };
}

describe.each(callbacks)('%s', (action) => {
  it('refuses a second callback as TaskTimedOut', async () => {
    const { service, taskToken } = await aWaitingTask();

    await service.succeed(taskToken);

    expect(await service.refusal(action, { taskToken, output: '{}' })).toBe('TaskTimedOut');
  });

  it('refuses a late callback as TaskTimedOut', async () => {
    const { service, taskToken } = await aWaitingTask();

    await service.timers.advance(60_000);

    expect(await service.refusal(action, { taskToken, output: '{}' })).toBe('TaskTimedOut');
  });

  it('refuses a callback to a stopped execution as TaskTimedOut', async () => {
    const { service, arn, taskToken } = await aWaitingTask();

    await service.call('StopExecution', { executionArn: arn });

    expect(await service.refusal(action, { taskToken, output: '{}' })).toBe('TaskTimedOut');
  });

  it.each(['nonsense', 'task-token-', `task-token-${'A'.repeat(64)}`])(
    'refuses a token that was never issued as InvalidToken: %s',
    async (taskToken) => {
      const { service } = await aWaitingTask();

      expect(await service.refusal(action, { taskToken, output: '{}' })).toBe('InvalidToken');
    },
  );

  it('refuses a token of another service as InvalidToken', async () => {
    const { service } = await aWaitingTask();
    const other = new TestService({ seed: 2 });
    await other.start(machine);

    expect(await service.refusal(action, { taskToken: other.token(), output: '{}' })).toBe('InvalidToken');
  });

  it.each([undefined, '', 'x'.repeat(2_049)])(
    'refuses a token outside the limits as ValidationException',
    async (taskToken) => {
      const { service } = await aWaitingTask();

      expect(await service.refusal(action, { taskToken, output: '{}' })).toBe('ValidationException');
    },
  );
});

describe('SendTaskSuccess', () => {
  it('refuses an output that is not JSON as InvalidOutput and leaves the task open', async () => {
    const { service, taskToken } = await aWaitingTask();

    expect(await service.refusal('SendTaskSuccess', { taskToken, output: '{' })).toBe('InvalidOutput');
    expect(await service.succeed(taskToken)).toBeUndefined();
  });

  it('takes an output of 262,144 bytes and refuses one byte more', async () => {
    const { service, arn, taskToken } = await aWaitingTask();
    const output = (bytes: number) => JSON.stringify('é'.repeat((bytes - 2) / 2));

    expect(await service.refusal('SendTaskSuccess', { taskToken, output: `${output(262_144)} ` })).toBe(
      'ValidationException',
    );
    expect(await service.refusal('SendTaskSuccess', { taskToken, output: output(262_144) })).toBeUndefined();
    expect((await service.describe(arn)).status).toBe('SUCCEEDED');
  });
});

describe('SendTaskFailure', () => {
  it('refuses an error over 256 and a cause over 32,768 characters', async () => {
    const { service, taskToken } = await aWaitingTask();

    expect(await service.fail(taskToken, 'x'.repeat(257))).toBe('ValidationException');
    expect(await service.fail(taskToken, 'x', 'x'.repeat(32_769))).toBe('ValidationException');
    expect(await service.fail(taskToken, 'x'.repeat(256), 'x'.repeat(32_768))).toBeUndefined();
  });
});
