import {
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  ExecutionDoesNotExist,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import { LoopbackServer } from './support/loopback-server.js';
import { aCallbackTask, aMachine } from './support/machines.js';
import { TestService } from './support/service.js';
import { settled } from './support/virtual-timers.js';

describe('the SDK client of AWS', () => {
  const service = new TestService();
  const server = new LoopbackServer(service.stepFunctions);
  let client: SFNClient;
  let stateMachineArn: string;

  beforeAll(async () => {
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    client = new SFNClient({
      endpoint: await server.start(),
      region: 'eu-west-1',
      credentials,
      maxAttempts: 1,
    });
    stateMachineArn = service.create(aMachine({ Call: aCallbackTask({ HeartbeatSeconds: 60 }) }), 'orders');
  });

  afterAll(async () => {
    client.destroy();
    await server.stop();
    service.stepFunctions.stop();
  });

  async function start(name: string) {
    const started = await client.send(new StartExecutionCommand({ stateMachineArn, name, input: '{"a":1}' }));
    await settled();
    return { ...started, taskToken: service.token() };
  }

  it('starts an execution, completes its task and reads how it ended', async () => {
    const { executionArn, startDate, taskToken } = await start('succeeds');

    await client.send(new SendTaskHeartbeatCommand({ taskToken }));
    await client.send(new SendTaskSuccessCommand({ taskToken, output: '"done"' }));
    await settled();
    const description = await client.send(new DescribeExecutionCommand({ executionArn }));
    const history = await client.send(new GetExecutionHistoryCommand({ executionArn, reverseOrder: true }));

    expect(startDate).toEqual(new Date(service.timers.nowMs()));
    expect(description).toMatchObject({ status: 'SUCCEEDED', output: '"done"', stopDate: startDate });
    expect(history.events?.[0]).toMatchObject({ type: 'ExecutionSucceeded', timestamp: startDate });
    expect(history.events?.at(-1)?.executionStartedEventDetails?.input).toBe('{"a":1}');
  });

  it('fails a task and stops an execution', async () => {
    const failed = await start('fails');
    await client.send(
      new SendTaskFailureCommand({ taskToken: failed.taskToken, error: 'Busy', cause: 'full' }),
    );
    const stopped = await start('stops');
    await client.send(new StopExecutionCommand({ executionArn: stopped.executionArn }));

    const { executions } = await client.send(new ListExecutionsCommand({ stateMachineArn }));

    expect(executions?.slice(0, 2).map(({ name, status }) => [name, status])).toEqual([
      ['stops', 'ABORTED'],
      ['fails', 'FAILED'],
    ]);
  });

  it('throws the exceptions of the SDK for a refusal', async () => {
    const { taskToken, executionArn = '' } = await start('refuses');
    await client.send(new SendTaskSuccessCommand({ taskToken, output: '{}' }));

    await expect(client.send(new SendTaskSuccessCommand({ taskToken, output: '{}' }))).rejects.toBeInstanceOf(
      TaskTimedOut,
    );
    await expect(
      client.send(new DescribeExecutionCommand({ executionArn: `${executionArn}-not` })),
    ).rejects.toBeInstanceOf(ExecutionDoesNotExist);
  });

  it('reads state machines', async () => {
    const { stateMachines } = await client.send(new ListStateMachinesCommand({}));
    const { definition } = await client.send(new DescribeStateMachineCommand({ stateMachineArn }));

    expect(stateMachines?.map(({ name }) => name)).toEqual(['orders']);
    expect(definition).toContain('waitForTaskToken');
  });
});
