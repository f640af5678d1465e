import { aCallbackTask, aMachine } from './support/machines.js';
import { TestService } from './support/service.js';

async function aRunningExecution() {
  const service = new TestService();
  const stateMachineArn = service.create(aMachine({ Call: aCallbackTask() }), 'orders');
  const request = { stateMachineArn, name: 'one', input: '{"a":1}' };
  const answer = await service.call('StartExecution', request);
  await service.timers.advance(1_000);
  return { service, request, answer };
}

describe('StartExecution', () => {
  it('answers the ARN and the start date in seconds', async () => {
    const { service, answer } = await aRunningExecution();

    expect(answer).toEqual({
      executionArn: 'arn:aws:states:eu-west-1:000000000000:execution:orders:one',
      startDate: service.timers.nowMs() / 1_000 - 1,
    });
  });

  it('gives the same answer to the same request while the execution runs, and starts nothing', async () => {
    const { service, request, answer } = await aRunningExecution();

    expect(await service.call('StartExecution', request)).toEqual(answer);
    expect(service.sent).toHaveLength(1);
  });

  it('refuses the name of a running execution with another input', async () => {
    const { service, request } = await aRunningExecution();

    expect(await service.refusal('StartExecution', { ...request, input: '{}' })).toBe(
      'ExecutionAlreadyExists',
    );
  });

  it('refuses the name of an execution that has ended', async () => {
    const { service, request } = await aRunningExecution();
    await service.succeed(service.token());

    expect(await service.refusal('StartExecution', request)).toBe('ExecutionAlreadyExists');
  });

  it('names an unnamed execution by a new UUID and gives it an empty object as input', async () => {
    const { service, request } = await aRunningExecution();

    const { executionArn } = await service.call<{ executionArn: string }>('StartExecution', {
      stateMachineArn: request.stateMachineArn,
    });

    expect(await service.describe(executionArn)).toMatchObject({
      name: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      input: '{}',
    });
  });

  it.each([
    ['InvalidName', { name: 'a b' }],
    ['InvalidName', { name: '' }],
    ['InvalidName', { name: 'a/b' }],
    ['ValidationException', { name: 'x'.repeat(81) }],
    ['InvalidExecutionInput', { input: 'not json' }],
    ['InvalidExecutionInput', { input: '' }],
    ['InvalidArn', { stateMachineArn: 'orders' }],
    [
      'StateMachineDoesNotExist',
      { stateMachineArn: 'arn:aws:states:eu-west-1:000000000000:stateMachine:nobody' },
    ],
    ['ValidationException', { stateMachineArn: undefined }],
    ['SerializationException', { name: 1 }],
  ])('refuses with %s: %j', async (code, part) => {
    const { service, request } = await aRunningExecution();

    expect(await service.refusal('StartExecution', { ...request, ...part })).toBe(code);
  });

  it('accepts a name of 80 characters', async () => {
    const { service, request } = await aRunningExecution();

    expect(await service.refusal('StartExecution', { ...request, name: 'x'.repeat(80) })).toBeUndefined();
  });
});
