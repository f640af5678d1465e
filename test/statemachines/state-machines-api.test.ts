import { aMachineOf } from './support/machines.js';
import { TestService } from './support/service.js';

const definition = aMachineOf({ Type: 'Pass' });

describe('DescribeStateMachine', () => {
  it('tells what the machine was created from', async () => {
    const service = new TestService();
    const stateMachineArn = service.create(definition, 'orders');

    expect(await service.call('DescribeStateMachine', { stateMachineArn })).toMatchObject({
      stateMachineArn,
      name: 'orders',
      type: 'STANDARD',
      status: 'ACTIVE',
      definition,
      creationDate: service.timers.nowMs() / 1_000,
    });
  });

  it('refuses a machine that does not exist', async () => {
    const stateMachineArn = 'arn:aws:states:eu-west-1:000000000000:stateMachine:nobody';

    expect(await new TestService().refusal('DescribeStateMachine', { stateMachineArn })).toBe(
      'StateMachineDoesNotExist',
    );
  });
});

describe('ListStateMachines', () => {
  it('pages through all of them', async () => {
    const service = new TestService();
    for (const name of ['a', 'b', 'c']) service.create(definition, name);

    const first = await service.call('ListStateMachines', { maxResults: 2 });
    const second = await service.call('ListStateMachines', { nextToken: first['nextToken'] });

    expect(first).toMatchObject({ stateMachines: [{ name: 'a' }, { name: 'b' }] });
    expect(second).toEqual({ stateMachines: [expect.objectContaining({ name: 'c' })] });
  });
});

describe('createStateMachine', () => {
  it('accepts the same machine again and refuses another of its name', () => {
    const service = new TestService();
    const arn = service.create(definition, 'orders');

    expect(service.create(definition, 'orders')).toBe(arn);
    expect(() => service.create(aMachineOf({ Type: 'Succeed', End: undefined }), 'orders')).toThrow(
      'Already Exists',
    );
  });
});

describe('an operation that is not supported', () => {
  it.each(['AWSStepFunctions.CreateActivity', 'AWSStepFunctions.', 'startExecution'])(
    'is refused as UnknownOperationException: %s',
    async (target) => {
      const { status, body } = await new TestService().stepFunctions.handle(target, {});

      expect(status).toBe(400);
      expect(body).toMatchObject({ __type: 'UnknownOperationException' });
    },
  );
});
