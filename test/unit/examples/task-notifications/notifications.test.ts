import {
  DescribeExecutionCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { OrchestratorClient } from 'rate-limited-orchestrator/client';
import {
  type MailOperations,
  Notifications,
} from '../../../../examples/task-notifications/service/notifications.js';
import type { Task } from '../../../../examples/task-notifications/service/task.js';
import { anAwsError } from '../../../support/an-aws-error.js';

const sfn = mockClient(SFNClient);
const notifications = new Notifications(
  new OrchestratorClient<MailOperations>({
    stateMachineArn: 'arn:aws:states:eu-west-1:000000000000:stateMachine:mail',
    sfn: new SFNClient({ region: 'eu-west-1' }),
  }),
);

/** What waits for longer than a year is refused. */
const TOMORROW = new Date(Date.now() + 86_400_000).toISOString();

const TASK: Task = {
  ...{ id: 'stock', title: 'Count the stock', assignee: 'ada@example.com' },
  ...{ dueAt: TOMORROW, revision: 'r1', assignedIn: 'r1' },
};

const asked = () =>
  sfn
    .commandCalls(StartExecutionCommand)
    .map(({ args }) => JSON.parse(args[0].input.input ?? '{}') as Record<string, unknown>);

beforeEach(() => {
  sfn.reset();
  sfn.on(StartExecutionCommand).resolves({});
});

describe('announce', () => {
  it('tells the assignee at once, and again when the task is due', async () => {
    await notifications.announce(TASK);

    expect(asked()).toEqual([
      expect.objectContaining({ priority: 'HIGH', idempotencyKey: 'assigned/stock/r1' }),
      expect.objectContaining({
        ...{ priority: 'BATCH', idempotencyKey: 'reminder/stock/r1', notBefore: TOMORROW },
      }),
    ]);
  });

  it('tells nobody of a change who had the task before', async () => {
    await notifications.announce({ ...TASK, revision: 'r2' });

    expect(asked().map(({ idempotencyKey }) => idempotencyKey)).toEqual(['reminder/stock/r2']);
  });
});

describe('cancelReminder', () => {
  it('stops the execution that start would have named', async () => {
    sfn.on(StopExecutionCommand).resolves({});
    sfn.on(DescribeExecutionCommand).resolves({ status: 'ABORTED' });
    await notifications.announce({ ...TASK, assignedIn: 'r0' });

    await notifications.cancelReminder(TASK);

    const [started] = sfn.commandCalls(StartExecutionCommand);
    const [stopped] = sfn.commandCalls(StopExecutionCommand);
    expect(stopped?.args[0].input.executionArn).toContain(`:mail:${started?.args[0].input.name ?? ''}`);
  });

  it('is content where there is none', async () => {
    sfn.on(StopExecutionCommand).rejects(anAwsError('ExecutionDoesNotExist'));

    await expect(notifications.cancelReminder(TASK)).resolves.toBeUndefined();
  });

  it('fails where Step Functions refuses, so that the task is not changed', async () => {
    sfn.on(StopExecutionCommand).rejects(anAwsError('AccessDeniedException'));

    await expect(notifications.cancelReminder(TASK)).rejects.toThrow('said the service');
  });
});

describe('digests', () => {
  const OTHER = { ...TASK, id: 'shelf', title: 'Mend the shelf' };
  const BO = { ...TASK, id: 'door', title: 'Paint the door', assignee: 'bo@example.com' };

  it('sends each assignee one mail with all titles', async () => {
    expect(await notifications.digests('2030-01-31', [TASK, OTHER, BO])).toEqual({
      ...{ started: 2, before: 0, failed: 0 },
    });
    expect(asked()).toEqual([
      expect.objectContaining({
        ...{ priority: 'BATCH', idempotencyKey: 'digest/2030-01-31/ada@example.com' },
        payload: {
          ...{ to: 'ada@example.com', subject: 'Your 2 tasks', text: 'Count the stock\nMend the shelf' },
        },
      }),
      expect.objectContaining({ idempotencyKey: 'digest/2030-01-31/bo@example.com' }),
    ]);
  });

  it('tells those of the same day from those that failed', async () => {
    sfn.on(StartExecutionCommand).rejects(anAwsError('ExecutionAlreadyExists'));
    sfn
      .on(DescribeExecutionCommand)
      .resolvesOnce({ status: 'SUCCEEDED', input: '{}' })
      .rejects(anAwsError('Other'));

    expect(await notifications.digests('2030-01-31', [TASK, BO])).toEqual({
      started: 0,
      before: 1,
      failed: 1,
    });
  });
});
