import { aMachine } from './support/machines.js';
import { TestService } from './support/service.js';

describe('$states.context', () => {
  it('describes execution, state machine and state as AWS does', async () => {
    const service = new TestService();
    const stateMachineArn = service.create(
      aMachine({
        Wait: { Type: 'Wait', Seconds: 5, Next: 'Show' },
        Show: { Type: 'Pass', Output: '{% $states.context %}', End: true },
      }),
      'orders',
    );

    const { executionArn } = await service.call<{ executionArn: string }>('StartExecution', {
      stateMachineArn,
      name: 'one',
      input: '{"a":1}',
    });
    await service.timers.advance(5_000);
    const { output } = await service.describe(executionArn);

    expect(JSON.parse(output ?? '')).toEqual({
      Execution: {
        Id: 'arn:aws:states:eu-west-1:000000000000:execution:orders:one',
        Input: { a: 1 },
        Name: 'one',
        RoleArn: 'arn:aws:iam::000000000000:role/orders',
        StartTime: '2026-01-31T12:00:00.000Z',
        RedriveCount: 0,
      },
      StateMachine: { Id: stateMachineArn, Name: 'orders' },
      State: { Name: 'Show', EnteredTime: '2026-01-31T12:00:05.000Z' },
    });
  });
});
