import {
  DescribeExecutionCommand,
  ListExecutionsCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { SfnCalls } from '../../../lambdas/adapters/sfn-calls.js';
import { UnavailableError } from '../../../lambdas/core/intake/ports.js';
import { anAwsError } from '../../support/an-aws-error.js';

const STATE_MACHINE = 'arn:aws:states:eu-west-1:000000000000:stateMachine:calls';

describe('SfnCalls', () => {
  const sfn = mockClient(SFNClient);
  const calls = new SfnCalls(new SFNClient({ region: 'eu-west-1' }), STATE_MACHINE);

  beforeEach(() => {
    sfn.reset();
  });

  it('finds an execution of its state machine by name', async () => {
    const executionArn = 'arn:aws:states:eu-west-1:000000000000:execution:calls:order-7';
    const startDate = new Date(1_000);
    sfn
      .on(DescribeExecutionCommand, { executionArn })
      .resolves({ status: 'RUNNING', startDate, input: '{}' });

    expect(await calls.find('order-7')).toMatchObject({
      id: 'order-7',
      arn: executionArn,
      status: 'RUNNING',
      startedAtMs: 1_000,
    });
  });

  it('finds nothing where there is nothing', async () => {
    sfn.on(DescribeExecutionCommand).rejects(anAwsError('ExecutionDoesNotExist'));

    expect(await calls.find('order-7')).toBeUndefined();
  });

  it.each(['ThrottlingException', 'TooManyRequestsException', 'ExecutionLimitExceeded', 'TimeoutError'])(
    'tells %s from a fault of ours',
    async (name) => {
      sfn.on(StartExecutionCommand).rejects(anAwsError(name));

      const refusal: unknown = await calls.start('order-7', '{}').catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(UnavailableError);
      expect((refusal as Error).message).toBe(`an AWS service does not answer: ${name}`);
    },
  );

  it('passes on what is a fault of ours', async () => {
    sfn.on(StartExecutionCommand).rejects(anAwsError('AccessDeniedException'));

    await expect(calls.start('order-7', '{}')).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  it('refuses a cursor that Step Functions does not take, and no request without one', async () => {
    sfn.on(ListExecutionsCommand).rejects(anAwsError('InvalidToken'));
    const request = { status: undefined, most: 20 };

    expect(await calls.list({ ...request, cursor: 'nonsense' })).toBe('badCursor');
    await expect(calls.list({ ...request, cursor: undefined })).rejects.toMatchObject({
      name: 'InvalidToken',
    });
  });
});
