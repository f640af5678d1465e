import { aCallbackTask, aMachine, aMachineOf } from './support/machines.js';
import { TestService } from './support/service.js';

interface Page {
  readonly executions: readonly { readonly name: string; readonly status: string }[];
  readonly nextToken?: string;
}

async function fiveExecutions() {
  const service = new TestService();
  const stateMachineArn = service.create(aMachine({ Call: aCallbackTask() }), 'orders');
  await service.start(aMachineOf({ Type: 'Pass' })); // of another machine
  for (const name of ['a', 'b', 'c', 'd', 'e']) {
    await service.call('StartExecution', { stateMachineArn, name });
    await service.timers.advance(1_000);
  }
  await service.succeed(service.token(1));
  await service.fail(service.token(3), 'Busy');
  const names = async (more: object) => {
    const page = await service.call<Page>('ListExecutions', { stateMachineArn, ...more });
    return { names: page.executions.map(({ name }) => name).join(''), nextToken: page.nextToken };
  };
  return { service, stateMachineArn, names };
}

describe('ListExecutions', () => {
  it('lists the executions of one state machine, the newest first', async () => {
    const { names } = await fiveExecutions();

    expect(await names({})).toEqual({ names: 'edcba', nextToken: undefined });
  });

  it.each([
    ['RUNNING', 'eca'],
    ['SUCCEEDED', 'b'],
    ['FAILED', 'd'],
    ['ABORTED', ''],
  ])('filters by status %s', async (statusFilter, expected) => {
    const { names } = await fiveExecutions();

    expect((await names({ statusFilter })).names).toBe(expected);
  });

  it('pages without a gap, even if executions start in between', async () => {
    const { service, stateMachineArn, names } = await fiveExecutions();

    const first = await names({ maxResults: 2 });
    await service.call('StartExecution', { stateMachineArn, name: 'f' });
    const second = await names({ maxResults: 2, nextToken: first.nextToken });
    const third = await names({ maxResults: 2, nextToken: second.nextToken });

    expect([first, second, third].map((page) => page.names)).toEqual(['ed', 'cb', 'a']);
    expect(third.nextToken).toBeUndefined();
  });

  it.each([{ statusFilter: 'running' }, { maxResults: 1_001 }, { maxResults: -1 }])(
    'refuses what the model does not allow: %j',
    async (part) => {
      const { service, stateMachineArn } = await fiveExecutions();

      expect(await service.refusal('ListExecutions', { stateMachineArn, ...part })).toBe(
        'ValidationException',
      );
    },
  );
});
