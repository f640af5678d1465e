import { aCallbackTask, aMachine, inner } from './support/machines.js';
import { TestService } from './support/service.js';

const taskProcessor = inner(aMachine({ Call: aCallbackTask() }));
const show = (output: unknown) => inner(aMachine({ Show: { Type: 'Pass', Output: output, End: true } }));
const mapOf = (more: object) =>
  aMachine({
    Each: { Type: 'Map', ItemProcessor: taskProcessor, End: true, ...more },
    Caught: { Type: 'Succeed' },
  });
const catching = { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }] };

describe('a Map state', () => {
  it('runs its processor on each item and keeps their order', async () => {
    const service = new TestService();
    const arn = await service.start(mapOf({ Items: '{% $states.input.items %}', ...catching }), {
      items: [1, 2, 3],
    });

    for (const position of [2, 0, 1]) await service.succeed(service.token(position), `done ${position}`);

    expect((await service.describe(arn)).output).toBe('["done 0","done 1","done 2"]');
  });

  it('shapes each input by ItemSelector, which sees item, input and variables', async () => {
    const output = await new TestService().outputOf(
      aMachine({
        Set: { Type: 'Pass', Assign: { factor: 10 }, Next: 'Each' },
        Each: {
          Type: 'Map',
          Items: ['a', '{% $states.input.last %}'],
          ItemSelector: {
            at: '{% $states.context.Map.Item.Index * $factor %}',
            item: '{% $states.context.Map.Item.Value %}',
          },
          ItemProcessor: show(['{% $states.input %}', '{% $states.context.Map.Item.Index %}']),
          End: true,
        },
      }),
      { last: 'z' },
    );

    expect(output).toEqual([
      [{ at: 0, item: 'a' }, 0],
      [{ at: 10, item: 'z' }, 1],
    ]);
  });

  it.each([
    [2, 2],
    ['{% 1 %}', 1],
    [0, 40],
    [undefined, 40],
    [1_000, 40],
  ])(
    'runs at most MaxConcurrency iterations at once, and never over 40: %s',
    async (MaxConcurrency, expected) => {
      const service = new TestService();
      const items = Array.from({ length: 50 }, (_, index) => index);
      const arn = await service.start(mapOf({ MaxConcurrency, ...catching }), items);

      const atOnce = service.sent.length;
      for (let done = 0; done < 50; done += 1) {
        await service.succeed(service.token(done));
        expect(service.sent.length - done - 1).toBeLessThanOrEqual(expected);
      }

      expect(atOnce).toBe(expected);
      expect((await service.describe(arn)).status).toBe('SUCCEEDED');
    },
  );

  it('has an empty result for no items', async () => {
    expect(await new TestService().outputOf(mapOf({ Items: [], ...catching }))).toEqual([]);
  });

  it('fails with the first error and closes the other iterations', async () => {
    const service = new TestService();
    const arn = await service.start(mapOf(catching), [1, 2]);

    await service.fail(service.token(1), 'Item.Failed');

    expect((await service.describe(arn)).output).toBe('{"Error":"Item.Failed","Cause":null}');
    expect(await service.succeed(service.token(0))).toBe('TaskTimedOut');
    expect((await service.eventTypes(arn)).slice(-9)).toEqual([
      'TaskFailed',
      'MapIterationFailed',
      'TaskStateAborted',
      'MapIterationAborted',
      'MapStateFailed',
      'MapStateExited',
      'SucceedStateEntered',
      'SucceedStateExited',
      'ExecutionSucceeded',
    ]);
  });

  it.each([
    [{ Items: '{% 1 %}' }, "Expected 'array', but was 'number' for value: 1"],
    [{}, 'Map state input must be an array but was: {}'],
  ])('fails if its items are no array: %j', async (fields, reason) => {
    const machine = aMachine({ Each: { Type: 'Map', ItemProcessor: taskProcessor, End: true, ...fields } });
    const { error, cause } = await new TestService().run(machine);

    expect(error).toBe('States.QueryEvaluationError');
    expect(cause).toContain(reason);
  });

  it('links its events as AWS does', async () => {
    const service = new TestService();
    const machine = aMachine({
      Each: {
        Type: 'Map',
        Items: [1, 2],
        MaxConcurrency: 1,
        ItemProcessor: show('{% $states.input %}'),
        End: true,
      },
    });
    const events = await service.history(await service.start(machine));

    expect(events.map(({ id, previousEventId, type }) => `${id} after ${previousEventId} ${type}`)).toEqual([
      '1 after 0 ExecutionStarted',
      '2 after 0 MapStateEntered',
      '3 after 2 MapStateStarted',
      '4 after 3 MapIterationStarted',
      '5 after 4 PassStateEntered',
      '6 after 5 PassStateExited',
      '7 after 6 MapIterationSucceeded',
      '8 after 6 MapIterationStarted',
      '9 after 8 PassStateEntered',
      '10 after 9 PassStateExited',
      '11 after 10 MapIterationSucceeded',
      '12 after 11 MapStateSucceeded',
      '13 after 11 MapStateExited',
      '14 after 13 ExecutionSucceeded',
    ]);
  });
});
