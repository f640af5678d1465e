import { aDistributedMap, distributed, echo, failing, waiting } from './support/distributed-maps.js';
import { aMachine, inner, type StateSource } from './support/machines.js';
import { TestService } from './support/service.js';
import { settled } from './support/virtual-timers.js';

interface Counts {
  readonly itemCounts: Readonly<Record<string, number>>;
  readonly status: string;
}

describe('a Distributed Map', () => {
  async function runOf(service: TestService, executionArn: string) {
    const { mapRuns } = await service.call<{ mapRuns: readonly { readonly mapRunArn: string }[] }>(
      'ListMapRuns',
      { executionArn },
    );
    return mapRuns[0]?.mapRunArn ?? '';
  }

  async function countsOf(service: TestService, executionArn: string): Promise<Counts> {
    return service.call<Counts>('DescribeMapRun', { mapRunArn: await runOf(service, executionArn) });
  }

  it('runs an execution of its own for each item, and returns their outputs in the order of the items', async () => {
    const service = new TestService();

    expect(await service.outputOf(aDistributedMap(echo), [3, { a: 1 }, null])).toEqual([3, { a: 1 }, null]);
  });

  it('tells of its run, and of no execution of an item, in events and history', async () => {
    const service = new TestService();

    const executionArn = await service.start(aDistributedMap(echo), [1, 2]);

    expect(await service.eventTypes(executionArn)).toEqual([
      'ExecutionStarted',
      'MapStateEntered',
      'MapStateStarted',
      'MapRunStarted',
      'MapRunSucceeded',
      'MapStateSucceeded',
      'MapStateExited',
      'ExecutionSucceeded',
    ]);
    expect(service.changes.map((change) => change.executionArn)).toEqual([executionArn, executionArn]);
  });

  it('selects what each execution gets from the item and the state’s own input', async () => {
    const service = new TestService();
    const more = {
      Items: '{% $states.input.items %}',
      ItemSelector: {
        at: '{% $states.context.Map.Item.Index %}',
        is: '{% $states.context.Map.Item.Value %}',
        by: '{% $states.input.who %}',
      },
    };

    expect(await service.outputOf(aDistributedMap(echo, more), { items: ['x', 'y'], who: 'me' })).toEqual([
      { at: 0, is: 'x', by: 'me' },
      { at: 1, is: 'y', by: 'me' },
    ]);
  });

  it('never runs more at once than it may, and starts the next when one has ended', async () => {
    const service = new TestService();
    const executionArn = await service.start(aDistributedMap(waiting, { MaxConcurrency: 2 }), [1, 2, 3]);

    expect(service.sent).toHaveLength(2);
    await service.succeed(service.token(0), 'first');

    expect(service.sent).toHaveLength(3);
    expect((await countsOf(service, executionArn)).itemCounts).toMatchObject({
      ...{ total: 3, succeeded: 1, running: 2, pending: 0 },
    });
    await service.succeed(service.token(1), 'second');
    await service.succeed(service.token(2), 'third');
    expect(JSON.parse((await service.describe(executionArn)).output ?? '')).toEqual([
      'first',
      'second',
      'third',
    ]);
  });

  it('gives each execution a name and a context of its own, under the state machine’s', async () => {
    const service = new TestService();
    const context = aMachine({
      Tell: { Type: 'Pass', Output: '{% $states.context.Execution %}', End: true },
    });

    const [first, second] = (await service.outputOf(aDistributedMap(context), [7, 8])) as readonly Readonly<
      Record<string, unknown>
    >[];

    expect(first?.['Id']).toMatch(/:execution:machine-1\/Load:[0-9a-f-]{36}$/);
    expect(first?.['Input']).toBe(7);
    expect(second?.['Id']).not.toBe(first?.['Id']);
  });

  it.each<readonly [StateSource, number, string]>([
    [{}, 0, 'SUCCEEDED'],
    [{}, 1, 'FAILED'],
    [{ ToleratedFailureCount: 1 }, 1, 'SUCCEEDED'],
    [{ ToleratedFailureCount: 1 }, 2, 'FAILED'],
    [{ ToleratedFailurePercentage: 50 }, 2, 'SUCCEEDED'],
    [{ ToleratedFailurePercentage: 49 }, 2, 'FAILED'],
    [{ ToleratedFailurePercentage: 100, ToleratedFailureCount: 1 }, 2, 'FAILED'],
    [{ ToleratedFailurePercentage: '{% 25 + 25 %}' }, 2, 'SUCCEEDED'],
  ])('with %j bears %i of four failures: %s', async (tolerance, bad, expected) => {
    const service = new TestService();
    const items = Array.from({ length: 4 }, (_, index) => (index < bad ? 'bad' : 'good'));

    const { status, error } = await service.run(aDistributedMap(failing, tolerance), items);

    expect(status).toBe(expected);
    expect(error).toBe(expected === 'FAILED' ? 'States.ExceedToleratedFailureThreshold' : undefined);
  });

  it('stops the other executions when it bears no more, and closes their tasks', async () => {
    const service = new TestService();
    const executionArn = await service.start(aDistributedMap(waiting, { MaxConcurrency: 2 }), [1, 2, 3]);

    await service.fail(service.token(0), 'Spoilt');

    expect((await service.describe(executionArn)).status).toBe('FAILED');
    expect(await service.succeed(service.token(1))).toBe('TaskTimedOut');
    expect(service.sent).toHaveLength(2);
    expect(await countsOf(service, executionArn)).toMatchObject({
      status: 'FAILED',
      itemCounts: { failed: 1, aborted: 1, pending: 1 },
    });
  });

  it('stops its executions with the one around it', async () => {
    const service = new TestService();
    const executionArn = await service.start(aDistributedMap(waiting), [1, 2]);

    await service.call('StopExecution', { executionArn });
    await settled();

    expect(await service.succeed(service.token(0))).toBe('TaskTimedOut');
    expect((await countsOf(service, executionArn)).status).toBe('ABORTED');
  });

  it('lists the executions of a run, which the state machine’s own list leaves out', async () => {
    const service = new TestService();
    const executionArn = await service.start(aDistributedMap(failing, { ToleratedFailureCount: 1 }), [
      'good',
      'bad',
    ]);

    const mapRunArn = await runOf(service, executionArn);
    const { executions } = await service.call<{ executions: readonly { readonly status: string }[] }>(
      'ListExecutions',
      { mapRunArn },
    );
    const { stateMachineArn } = await service.describe(executionArn);
    const own = await service.call<{ executions: readonly unknown[] }>('ListExecutions', { stateMachineArn });

    expect(executions.map(({ status }) => status).sort()).toEqual(['FAILED', 'SUCCEEDED']);
    expect(own.executions).toHaveLength(1);
    expect(await service.refusal('DescribeMapRun', { mapRunArn: `${mapRunArn}0` })).toBe('ResourceNotFound');
  });

  it('shares no variable with its executions, which may use the same names', async () => {
    const service = new TestService();
    const processor = aMachine({
      Set: { Type: 'Pass', Assign: { count: 1 }, Output: '{% $exists($outer) %}', Next: 'Get' },
      Get: { Type: 'Pass', Output: '{% [$states.input, $count] %}', End: true },
    });
    const machine = aMachine({
      First: { Type: 'Pass', Assign: { count: 7, outer: 1 }, Next: 'Load' },
      Load: {
        Type: 'Map',
        ItemProcessor: { ProcessorConfig: distributed, ...inner(processor) },
        Output: '{% [$states.result, $count] %}',
        End: true,
      },
    });

    expect(await service.outputOf(machine, [0])).toEqual([[false, 1], 7]);
  });

  it('takes no execution’s evaluation for the time of others that began with it', async () => {
    const service = new TestService();
    // Milliseconds each, and more than a second for all of them.
    const slow = { ItemSelector: '{% $count($map([1..2000], function($number) { $number * 2 })) %}' };

    const output = await service.outputOf(
      aDistributedMap(echo, slow),
      Array.from({ length: 500 }, () => 0),
    );

    expect(output).toEqual(Array.from({ length: 500 }, () => 2_000));
  }, 120_000);
});
