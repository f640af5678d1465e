import { callStatusOf } from '../../../client/call-status.js';
import type { CallFailedError } from '../../../client/errors.js';

const executionArn = 'arn:aws:states:eu-west-1:000000000000:execution:call:invoice-1';

function failureOf(execution: Omit<Parameters<typeof callStatusOf>[0], 'executionArn'>): CallFailedError {
  const status = callStatusOf({ executionArn, ...execution });
  if (status.kind !== 'failed') throw new Error(`expected a failure, got ${status.kind}`);
  return status.failure;
}

describe('callStatusOf', () => {
  it('tells since when a call runs', () => {
    const startDate = new Date(1_000);

    expect(callStatusOf({ executionArn, status: 'RUNNING', startDate })).toEqual({
      kind: 'running',
      startedAt: startDate,
    });
  });

  it('reads the result, also where there is none', () => {
    const output = '{"id":7}';

    expect(callStatusOf({ executionArn, status: 'SUCCEEDED', output })).toEqual({
      kind: 'succeeded',
      output: { id: 7 },
    });
    expect(callStatusOf({ executionArn, status: 'SUCCEEDED' })).toEqual({ kind: 'succeeded', output: null });
  });

  it('keeps what the execution says of its failure', () => {
    const failure = failureOf({ status: 'FAILED', error: 'LegacyApi.Rejected', cause: 'status 422' });

    expect(failure).toMatchObject({
      ...{ code: 'CALL_FAILED', name: 'CallFailedError', executionArn },
      ...{ error: 'LegacyApi.Rejected', reason: 'status 422', repeat: 'no' },
    });
    expect(failure.message).toBe(`LegacyApi.Rejected: status 422; execution ${executionArn}`);
  });

  it('names the failure of an execution that gives no name', () => {
    expect(failureOf({ status: 'TIMED_OUT' }).error).toBe('States.Timeout');
    expect(failureOf({ status: 'ABORTED' }).error).toBe('ABORTED');
    expect(failureOf({ status: 'FAILED' }).message).toBe(
      `FAILED: no cause was given; execution ${executionArn}`,
    );
  });
});
