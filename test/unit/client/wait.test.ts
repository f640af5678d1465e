import {
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { CallFailedError, CallNotFoundError } from '../../../client/errors.js';
import { anAwsError } from '../../support/an-aws-error.js';
import { aClient, executionArn } from './a-client.js';

const sfn = mockClient(SFNClient);
const client = aClient({ describesPerSecondMax: 10_000 });

const KEYED = { operation: 'createInvoice', idempotencyKey: 'invoice-1' } as const;
const ARN = executionArn('invoice-1-de9388087baa7a4cd0326dc33da98c21');

const described = (execution: Partial<DescribeExecutionCommandOutput>) =>
  sfn.on(DescribeExecutionCommand, { executionArn: ARN }).resolves({ executionArn: ARN, ...execution });

beforeEach(() => sfn.reset());

describe('wait', () => {
  it('returns the result, whoever started the call', async () => {
    described({ status: 'SUCCEEDED', output: '{"id":"7"}' });

    const { id } = await client.wait(KEYED);

    expect(id).toBe('7');
    expect(await client.wait(ARN)).toEqual({ id: '7' });
  });

  it('throws the failure of the call', async () => {
    described({ status: 'FAILED', error: 'LegacyApi.OutcomeUnknown', cause: 'the answer was lost' });

    const failure: unknown = await client.wait(KEYED).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(CallFailedError);
    expect(failure).toMatchObject({ error: 'LegacyApi.OutcomeUnknown', repeat: 'afterLookup' });
  });

  it('throws where there is no such execution, with what Step Functions said', async () => {
    const unknown = anAwsError('ExecutionDoesNotExist');
    sfn.on(DescribeExecutionCommand).rejects(unknown);

    const failure: unknown = await client.wait(KEYED).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(CallNotFoundError);
    expect(failure).toMatchObject({ code: 'CALL_NOT_FOUND', executionArn: ARN, cause: unknown });
  });

  it('throws the reason of an aborted signal', async () => {
    described({ status: 'RUNNING' });
    const reason = new Error('the caller has gone');

    await expect(client.wait(KEYED, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});

describe('startAndWait', () => {
  it('returns the result of a call that had ended before', async () => {
    const call = { ...KEYED, payload: { amount: 5 } };
    sfn.on(StartExecutionCommand).rejects(anAwsError('ExecutionAlreadyExists'));
    described({ status: 'SUCCEEDED', input: JSON.stringify(call), output: '{"id":"7"}' });

    expect(await client.startAndWait(call)).toEqual({ id: '7' });
  });
});

describe('status', () => {
  it('throws nothing for a call that failed', async () => {
    described({ status: 'FAILED', error: 'LegacyApi.Rejected', cause: 'status 422' });

    expect(await client.status(KEYED)).toMatchObject({
      kind: 'failed',
      failure: { error: 'LegacyApi.Rejected' },
    });
  });
});

describe('cancel', () => {
  it('stops the execution and tells where the call stands', async () => {
    sfn.on(StopExecutionCommand).resolves({});
    described({ status: 'ABORTED', error: 'Caller.Cancelled', cause: 'the invoice was withdrawn' });

    const status = await client.cancel(KEYED, 'the invoice was withdrawn');

    expect(status).toMatchObject({ kind: 'failed', failure: { error: 'Caller.Cancelled', repeat: 'no' } });
    expect(sfn.commandCalls(StopExecutionCommand)[0]?.args[0].input).toEqual({
      ...{ executionArn: ARN, error: 'Caller.Cancelled', cause: 'the invoice was withdrawn' },
    });
  });

  it('changes nothing about a call that has ended', async () => {
    sfn.on(StopExecutionCommand).resolves({});
    described({ status: 'SUCCEEDED', output: '{"id":"7"}' });

    expect(await client.cancel(KEYED)).toEqual({ kind: 'succeeded', output: { id: '7' } });
  });

  it('throws where there is nothing to cancel', async () => {
    sfn.on(StopExecutionCommand).rejects(anAwsError('ExecutionDoesNotExist'));

    await expect(client.cancel(KEYED)).rejects.toThrow(CallNotFoundError);
  });
});
