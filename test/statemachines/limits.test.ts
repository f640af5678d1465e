import { aCallbackTask, aMachine, aMachineOf, sendMessage } from './support/machines.js';
import { TestService } from './support/service.js';

const dataMaxBytes = 262_144;
const padded = (bytes: number) => `{% $pad('', ${bytes - 2}, 'x') %}`;

describe('the 256 KiB limit', () => {
  it('takes an output of exactly that and refuses a byte more, in UTF-8', async () => {
    const statusOf = async (output: string) =>
      (await new TestService().run(aMachineOf({ Type: 'Pass', Output: output }))).status;

    expect(await statusOf(padded(dataMaxBytes))).toBe('SUCCEEDED');
    expect(await statusOf(padded(dataMaxBytes + 1))).toBe('FAILED');
    expect(await statusOf(padded(dataMaxBytes).replace('x', 'é'))).toBe('FAILED');
  });

  it('fails the state with States.DataLimitExceeded, which States.ALL does not catch', async () => {
    const Catch = [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }];
    const service = new TestService({
      integrations: { [sendMessage]: () => Promise.resolve('x'.repeat(dataMaxBytes)) },
    });
    const task = { Type: 'Task', Resource: sendMessage, End: true, Catch };
    const description = await service.run(aMachine({ Call: task, Caught: { Type: 'Succeed' } }));

    expect(description).toMatchObject({
      status: 'FAILED',
      error: 'States.DataLimitExceeded',
      cause:
        "The state/task 'sqs' returned a result with a size exceeding the maximum number of bytes service limit.",
    });
  });

  it('holds for the input of an execution', async () => {
    const service = new TestService();
    const stateMachineArn = service.create(aMachineOf({ Type: 'Pass' }));
    const start = (bytes: number) =>
      service.refusal('StartExecution', { stateMachineArn, input: JSON.stringify('x'.repeat(bytes - 2)) });

    expect(await start(dataMaxBytes)).toBeUndefined();
    expect(await start(dataMaxBytes + 1)).toBe('InvalidExecutionInput');
  });
});

describe('the limit of 25,000 events', () => {
  it('ends a loop that would never end', async () => {
    const service = new TestService();
    const arn = await service.start(
      aMachine({
        Ping: { Type: 'Pass', Next: 'Pong' },
        Pong: { Type: 'Choice', Choices: [{ Condition: '{% false %}', Next: 'Done' }], Default: 'Ping' },
        Done: { Type: 'Succeed' },
      }),
    );

    const { status, error } = await service.describe(arn);
    const { events } = await service.call<{ events: readonly { id: number }[] }>('GetExecutionHistory', {
      executionArn: arn,
      reverseOrder: true,
    });

    expect({ status, error, last: events[0]?.id }).toEqual({
      status: 'FAILED',
      error: 'States.Runtime',
      last: 25_000,
    });
  });
});

describe('the memory of ended executions', () => {
  it('holds the newest ones and every running one', async () => {
    const service = new TestService({ endedExecutionsMax: 2 });
    const running = await service.start(aMachine({ Call: aCallbackTask() }));
    const ended: string[] = [];
    for (let count = 0; count < 4; count += 1) ended.push(await service.start(aMachineOf({ Type: 'Pass' })));

    const refusals = await Promise.all(
      [running, ...ended].map((executionArn) => service.refusal('DescribeExecution', { executionArn })),
    );

    expect(refusals).toEqual([
      undefined,
      'ExecutionDoesNotExist',
      'ExecutionDoesNotExist',
      undefined,
      undefined,
    ]);
  });
});
