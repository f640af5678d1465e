import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { CallConflictError } from '../../../client/errors.js';
import { anAwsError } from '../../support/an-aws-error.js';
import { aClient, executionArn, STATE_MACHINE_ARN } from './a-client.js';

const sfn = mockClient(SFNClient);
const client = aClient();

const INVOICE = {
  operation: 'createInvoice',
  idempotencyKey: 'invoice-1',
  payload: { amount: 5 },
} as const;
const NAME = 'invoice-1-de9388087baa7a4cd0326dc33da98c21';

const requests = () => sfn.commandCalls(StartExecutionCommand).map(({ args }) => args[0].input);

beforeEach(() => sfn.reset());

describe('start', () => {
  it('names the execution after operation and key', async () => {
    sfn.on(StartExecutionCommand).resolves({});

    const started = await client.start(INVOICE);

    expect(started).toEqual({
      operation: 'createInvoice',
      executionArn: executionArn(NAME),
      alreadyEnded: false,
    });
    expect(requests()).toEqual([
      {
        stateMachineArn: STATE_MACHINE_ARN,
        name: NAME,
        input: '{"idempotencyKey":"invoice-1","operation":"createInvoice","payload":{"amount":5}}',
      },
    ]);
  });

  it('asks for the same thing twice in the same words, whatever the order of the fields', async () => {
    sfn.on(StartExecutionCommand).resolves({});
    const { operation, idempotencyKey, payload } = INVOICE;

    await client.start(INVOICE);
    await client.start({ payload, idempotencyKey, operation });

    expect(requests()[1]).toEqual(requests()[0]);
  });

  it('names a call without a key at random, so that the SDK may repeat its request', async () => {
    sfn.on(StartExecutionCommand).resolves({});

    await client.start({ operation: 'ping' });
    await client.start({ operation: 'ping' });

    const [one, other] = requests().map(({ name }) => name);
    expect(one).toMatch(/^[0-9a-f-]{36}$/);
    expect(other).not.toBe(one);
  });

  it('takes a name of the caller, which the input does not repeat', async () => {
    sfn.on(StartExecutionCommand).resolves({});

    const { executionArn: arn } = await client.start({ ...INVOICE, executionName: 'invoice-1-again' });

    expect(arn).toBe(executionArn('invoice-1-again'));
    expect(requests()[0]?.input).not.toContain('again');
  });

  it('writes a deadline as ISO 8601', async () => {
    sfn.on(StartExecutionCommand).resolves({});

    await client.start({ operation: 'ping', deadline: new Date(0) });

    expect(requests()[0]?.input).toBe('{"deadline":"1970-01-01T00:00:00.000Z","operation":"ping"}');
  });

  it('finds the execution that made the same call before', async () => {
    sfn.on(StartExecutionCommand).rejects(anAwsError('ExecutionAlreadyExists'));
    const input = JSON.stringify({ priority: 'HIGH', ...INVOICE });
    sfn.on(DescribeExecutionCommand).resolves({ status: 'SUCCEEDED', input });

    expect(await client.start(INVOICE)).toEqual({
      operation: 'createInvoice',
      executionArn: executionArn(NAME),
      alreadyEnded: true,
    });
  });

  it('refuses the key of another call', async () => {
    const exists = anAwsError('ExecutionAlreadyExists');
    sfn.on(StartExecutionCommand).rejects(exists);
    const input = JSON.stringify({ ...INVOICE, payload: { amount: 6 } });
    sfn.on(DescribeExecutionCommand).resolves({ status: 'RUNNING', input });

    const failure: unknown = await client.start(INVOICE).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(CallConflictError);
    expect(failure).toMatchObject({ code: 'CALL_CONFLICT', executionArn: executionArn(NAME), cause: exists });
    expect((failure as Error).message).not.toContain('amount');
  });

  it('throws what AWS refuses as the SDK throws it', async () => {
    const refused = anAwsError('AccessDeniedException');
    sfn.on(StartExecutionCommand).rejects(refused);

    await expect(client.start(INVOICE)).rejects.toBe(refused);
  });

  it('throws the reason of an aborted signal, and starts nothing', async () => {
    const reason = new Error('the caller has gone');

    await expect(client.start(INVOICE, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(requests()).toEqual([]);
  });
});
