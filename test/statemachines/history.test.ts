import { aCallbackTask, aMachine, aMachineOf } from './support/machines.js';
import { TestService } from './support/service.js';

describe('the history of an execution', () => {
  it('has the events of AWS in their order, linked and dated', async () => {
    const service = new TestService();
    const arn = await service.start(
      aMachine({ Call: aCallbackTask({ TimeoutSeconds: 60, HeartbeatSeconds: 30 }) }),
      { a: 1 },
    );
    await service.timers.advance(2_500);
    const taskToken = service.token();
    await service.succeed(taskToken, 'done');

    const startedAt = service.timers.nowMs() / 1_000 - 2.5;
    const subject = { resourceType: 'sqs', resource: 'sendMessage.waitForTaskToken' };
    const whole = { truncated: false };
    expect(await service.history(arn)).toEqual(
      [
        [
          'ExecutionStarted',
          0,
          {
            executionStartedEventDetails: {
              input: '{"a":1}',
              inputDetails: whole,
              roleArn: expect.any(String) as string,
            },
          },
        ],
        [
          'TaskStateEntered',
          0,
          { stateEnteredEventDetails: { name: 'Call', input: '{"a":1}', inputDetails: whole } },
        ],
        [
          'TaskScheduled',
          2,
          {
            taskScheduledEventDetails: {
              ...subject,
              region: 'eu-west-1',
              parameters: `{"QueueUrl":"queue","MessageBody":{"taskToken":"${taskToken}"}}`,
              timeoutInSeconds: 60,
              heartbeatInSeconds: 30,
            },
          },
        ],
        ['TaskStarted', 3, { taskStartedEventDetails: subject }],
        [
          'TaskSubmitted',
          4,
          {
            taskSubmittedEventDetails: {
              ...subject,
              output: '{"MessageId":"message-1"}',
              outputDetails: whole,
            },
          },
        ],
        [
          'TaskSucceeded',
          5,
          { taskSucceededEventDetails: { ...subject, output: '"done"', outputDetails: whole } },
        ],
        [
          'TaskStateExited',
          6,
          { stateExitedEventDetails: { name: 'Call', output: '"done"', outputDetails: whole } },
        ],
        [
          'ExecutionSucceeded',
          7,
          { executionSucceededEventDetails: { output: '"done"', outputDetails: whole } },
        ],
      ].map(([type, previousEventId, details], index) => ({
        id: index + 1,
        previousEventId,
        timestamp: index < 5 ? startedAt : startedAt + 2.5,
        type,
        ...(details as object),
      })),
    );
  });

  it('shows a task token in the parameters of TaskScheduled only, whatever way it took', async () => {
    const service = new TestService();
    const token = '{% $states.context.Task.Token %}';
    const arn = await service.start(
      aMachine({
        Call: aCallbackTask({
          Assign: { kept: token, deep: { in: [token] } },
          Output: { out: token },
          Next: 'Show',
          End: undefined,
        }),
        Show: { Type: 'Fail', Error: 'Shown', Cause: '{% $kept %}' },
      }),
    );
    const taskToken = service.token();

    await service.succeed(taskToken, { echoed: taskToken });
    const events = await service.history(arn);
    const showing = events.filter((event) => JSON.stringify(event).includes(taskToken));

    expect(showing.map(({ type }) => type)).toEqual(['TaskScheduled']);
    expect(JSON.stringify(events)).toContain('***');
  });

  it('records a retry as a new TaskScheduled in the same state', async () => {
    const service = new TestService();
    const arn = await service.start(
      aMachine({ Call: aCallbackTask({ Retry: [{ ErrorEquals: ['Busy'] }] }) }),
    );
    await service.fail(service.token(), 'Busy', 'full');
    await service.timers.advance(1_000);

    const events = await service.history(arn);

    expect(events.slice(5).map(({ type, previousEventId }) => [type, previousEventId])).toEqual([
      ['TaskFailed', 5],
      ['TaskScheduled', 6],
      ['TaskStarted', 7],
      ['TaskSubmitted', 8],
    ]);
  });

  it('records variables with the exit of the state that assigned them', async () => {
    const service = new TestService();
    const events = await service.history(
      await service.start(aMachineOf({ Type: 'Pass', Assign: { a: 'x', b: [1] } })),
    );

    expect(events[2]).toMatchObject({
      stateExitedEventDetails: { assignedVariables: { a: '"x"', b: '[1]' } },
    });
  });

  it('records where an evaluation failed', async () => {
    const service = new TestService();
    const events = await service.history(
      await service.start(aMachineOf({ Type: 'Pass', Output: { a: '{% $missing %}' } })),
    );

    expect(events[2]).toMatchObject({
      type: 'EvaluationFailed',
      evaluationFailedEventDetails: {
        error: 'States.QueryEvaluationError',
        location: 'Output/a',
        state: 'Only',
      },
    });
  });
});

describe('GetExecutionHistory', () => {
  interface Page {
    readonly events: readonly { readonly id: number }[];
    readonly nextToken?: string;
  }

  it.each([
    [false, [1, 2, 3, 4]],
    [true, [4, 3, 2, 1]],
  ])('pages through the events, reverseOrder %s', async (reverseOrder, expected) => {
    const service = new TestService();
    const executionArn = await service.start(aMachineOf({ Type: 'Pass' }));
    const ids: number[] = [];
    let nextToken: string | undefined;

    do {
      const page: Page = await service.call('GetExecutionHistory', {
        executionArn,
        reverseOrder,
        maxResults: 3,
        nextToken,
      });
      ids.push(...page.events.map(({ id }) => id));
      ({ nextToken } = page);
    } while (nextToken !== undefined);

    expect(ids).toEqual(expected);
  });

  it('leaves out execution data on request', async () => {
    const service = new TestService();
    const executionArn = await service.start(
      aMachineOf({ Type: 'Pass', Assign: { secret: 'payload' } }),
      'payload',
    );

    const answer = await service.call('GetExecutionHistory', { executionArn, includeExecutionData: false });

    expect(JSON.stringify(answer)).not.toContain('payload');
    expect(answer).toMatchObject({ events: [{}, { stateEnteredEventDetails: { name: 'Only' } }, {}, {}] });
  });

  it('refuses a token of another list as InvalidToken', async () => {
    const service = new TestService();
    const executionArn = await service.start(aMachineOf({ Type: 'Pass' }));
    const { nextToken } = await service.call<Page>('GetExecutionHistory', { executionArn, maxResults: 1 });

    expect(
      await service.refusal('GetExecutionHistory', { executionArn, nextToken, reverseOrder: true }),
    ).toBe('InvalidToken');
    expect(await service.refusal('GetExecutionHistory', { executionArn, nextToken: 'nonsense' })).toBe(
      'InvalidToken',
    );
  });
});
