import {
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { SfnTaskCallback } from '../../../lambdas/adapters/sfn-task-callback.js';
import { anAwsError } from '../../support/an-aws-error.js';

const sfn = mockClient(SFNClient);
const callback = new SfnTaskCallback(new SFNClient({}));

const TOKEN = 'the-secret-token';
const FAILURE = { error: 'LegacyApi.Rejected', cause: 'status 422' } as const;

beforeEach(() => sfn.reset());

describe('SfnTaskCallback', () => {
  it('says that it may have closed the task itself where an earlier attempt of the client was not answered', async () => {
    const after = (attempts: number) =>
      Object.assign(anAwsError('TaskTimedOut'), { $metadata: { attempts } });

    sfn.on(SendTaskSuccessCommand).rejectsOnce(after(1)).rejectsOnce(after(2));

    expect(await callback.succeed(TOKEN, '{}')).toEqual({ kind: 'taskClosed' });
    expect(await callback.succeed(TOKEN, '{}')).toEqual({ kind: 'taskClosed', perhapsByUs: true });
  });

  it('sends the result of a task', async () => {
    sfn.on(SendTaskSuccessCommand).resolves({});

    const outcome = await callback.succeed(TOKEN, '{"id":7}');

    expect(outcome).toEqual({ kind: 'resumed' });
    expect(sfn.calls().map(({ args }) => args[0].input)).toEqual([{ taskToken: TOKEN, output: '{"id":7}' }]);
  });

  it('sends the failure of a task', async () => {
    sfn.on(SendTaskFailureCommand).resolves({});

    const outcome = await callback.fail(TOKEN, FAILURE);

    expect(outcome).toEqual({ kind: 'resumed' });
    expect(sfn.calls().map(({ args }) => args[0].input)).toEqual([{ taskToken: TOKEN, ...FAILURE }]);
  });

  it.each(['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken'])(
    'takes %s for a task that is closed',
    async (name) => {
      sfn.onAnyCommand().rejects(anAwsError(name));

      expect(await callback.succeed(TOKEN, '{}')).toEqual({ kind: 'taskClosed' });
      expect(await callback.fail(TOKEN, FAILURE)).toEqual({ kind: 'taskClosed' });
      expect(await callback.probe(TOKEN)).toBe('closed');
    },
  );

  it.each([
    'ThrottlingException',
    'KmsThrottlingException',
    'KmsAccessDeniedException',
    'KmsInvalidStateException',
    'ServiceUnavailable',
    'TimeoutError',
  ])('takes %s for a callback that may be repeated', async (name) => {
    sfn.onAnyCommand().rejects(anAwsError(name));

    expect(await callback.succeed(TOKEN, '{}')).toEqual({ kind: 'unavailable', reason: name });
    expect(await callback.fail(TOKEN, FAILURE)).toEqual({ kind: 'unavailable', reason: name });
    expect(await callback.probe(TOKEN)).toBe('unknown');
  });

  it.each(['InvalidOutput', 'ValidationException'])('takes %s for a result that is refused', async (name) => {
    sfn.onAnyCommand().rejects(anAwsError(name));

    expect(await callback.succeed(TOKEN, '{}')).toEqual({ kind: 'refused', reason: name });
    expect(await callback.probe(TOKEN)).toBe('unknown');
  });

  it('tells whoever may not ask whether a task waits from a service that does not say', async () => {
    sfn.on(SendTaskHeartbeatCommand).rejects(anAwsError('AccessDeniedException'));

    expect(await callback.probe(TOKEN)).toBe('denied');
  });

  it('never names a token that the service quotes', async () => {
    sfn.onAnyCommand().rejects(anAwsError('AccessDenied', `not allowed with ${TOKEN}`));

    expect(JSON.stringify(await callback.succeed(TOKEN, '{}'))).not.toContain(TOKEN);
  });

  it('asks whether a task waits with a heartbeat, which costs no state transition', async () => {
    sfn.on(SendTaskHeartbeatCommand).resolves({});

    expect(await callback.probe(TOKEN)).toBe('waiting');
    expect(sfn.calls().map(({ args }) => args[0].input)).toEqual([{ taskToken: TOKEN }]);
  });
});
