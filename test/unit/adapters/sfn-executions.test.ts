import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { SfnExecutions } from '../../../lambdas/adapters/sfn-executions.js';
import { anAwsError } from '../../support/an-aws-error.js';

const sfn = mockClient(SFNClient);
const executions = new SfnExecutions(new SFNClient({}), 'arn:aws:states:r:1:stateMachine:call');

beforeEach(() => sfn.reset());

describe('SfnExecutions', () => {
  it('starts an execution with its name and input', async () => {
    sfn.on(StartExecutionCommand).resolves({});

    expect(await executions.start('redrive-1', '{}')).toBe('started');
    expect(sfn.commandCalls(StartExecutionCommand)[0]?.args[0].input).toEqual({
      ...{ stateMachineArn: 'arn:aws:states:r:1:stateMachine:call', name: 'redrive-1', input: '{}' },
    });
  });

  it('says where there has been one of that name', async () => {
    sfn.on(StartExecutionCommand).rejects(anAwsError('ExecutionAlreadyExists'));

    expect(await executions.start('redrive-1', '{}')).toBe('existed');
  });

  it('throws when Step Functions does not start it', async () => {
    sfn.on(StartExecutionCommand).rejects(anAwsError('ServiceUnavailable'));

    await expect(executions.start('redrive-1', '{}')).rejects.toThrow('said the service');
  });

  it('knows the ARN of an execution by its name', () => {
    expect(executions.arn('event-1')).toBe('arn:aws:states:r:1:execution:call:event-1');
  });

  it('describes an execution with its data', async () => {
    sfn.on(DescribeExecutionCommand, { executionArn: 'arn:1' }).resolves({ input: '{}', output: '7' });

    expect(await executions.describe('arn:1')).toEqual({ input: '{}', output: '7' });
  });
});
