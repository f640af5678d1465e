import type { TaskRequestBody } from '../../../../lambdas/core/contracts/task-request.js';
import { redrive, type RedrivePorts } from '../../../../lambdas/core/dead-letters/redrive.js';
import { aConfig } from '../../../support/a-config.js';
import { aSlotWorld, instant } from '../../../support/a-slot-world.js';
import { aTaskRequestBody, tokenOf } from '../../../support/a-task-request.js';

const TOKEN = tokenOf('call-1');
const DROPPED = 'its deadline had passed and was dropped';

/** A world in which executions that a redrive starts are only noted. */
function aRedriveWorld() {
  const world = aSlotWorld();
  const started = new Map<string, string>();
  const returned: [string, string, string | undefined][] = [];
  const ports: RedrivePorts = {
    clock: world.clock,
    callback: world.callback,
    send: (priority, body, { orderingKey }) =>
      Promise.resolve(void returned.push([priority, body, orderingKey])),
    start: (name, input) => {
      if (started.has(name)) return Promise.resolve('existed');
      started.set(name, input);
      return Promise.resolve('started');
    },
    fingerprint: (text) => `fingerprint-of-${text}`,
  };
  const drive = (body: string) => world.clock.run(redrive(ports, body));
  return { ...world, started, returned, drive };
}

const bodyOf = (more: Partial<TaskRequestBody> = {}) => JSON.stringify(aTaskRequestBody(more));

describe('redrive', () => {
  it('puts a message back as it was while its task still waits', async () => {
    const world = aRedriveWorld();
    const body = bodyOf({ priority: 'BATCH', orderingKey: 'customer-7' });

    expect(await world.drive(body)).toEqual({ kind: 'returned', priority: 'BATCH' });

    expect(world.returned).toEqual([['BATCH', body, 'customer-7']]);
    expect(world.started.size).toBe(0);
  });

  it('starts a fresh execution under the same idempotency key once its task is over', async () => {
    const world = aRedriveWorld();
    world.callback.closed.add(TOKEN);

    const redriven = await world.drive(
      bodyOf({ tenant: 'acme', orderingKey: 'customer-7', priority: 'HIGH' }),
    );

    expect(redriven).toEqual({
      kind: 'started',
      executionName: `redrive-fingerprint-of-${TOKEN}`,
      notes: [],
    });
    expect([...world.started.values()].map((input) => JSON.parse(input) as unknown)).toEqual([
      {
        ...{ operation: 'getOrder', payload: { order: 7 }, priority: 'HIGH' },
        ...{ idempotencyKey: 'key-call-1', tenant: 'acme', orderingKey: 'customer-7' },
      },
    ]);
    expect(world.returned).toEqual([]);
  });

  it('starts one execution however often it is repeated', async () => {
    const world = aRedriveWorld();
    world.callback.closed.add(TOKEN);

    await world.drive(bodyOf());
    const again = await world.drive(bodyOf());

    expect(again).toMatchObject({ kind: 'started', notes: ['it had been redriven before'] });
    expect(world.started.size).toBe(1);
  });

  it.each([
    ['drops a deadline that has passed, and says so', instant(0), undefined, [DROPPED]],
    ['keeps a deadline that has not', instant(1), new Date(instant(1)).toISOString(), []],
  ])('%s', async (_what, deadlineMs, kept, notes) => {
    const world = aRedriveWorld();
    world.callback.closed.add(TOKEN);

    const redriven = await world.drive(bodyOf({ deadline: new Date(deadlineMs).toISOString() }));

    expect(redriven).toMatchObject({ notes });
    const [input = '{}'] = world.started.values();
    expect((JSON.parse(input) as { deadline?: string }).deadline).toBe(kept);
  });

  it.each([
    ['a message that is not a task request', 'hello', 'it is not a task request'],
    ['it with every fault, each apart from the next', '{"taskToken":"t","priority":"LOW"}', '; callId: '],
    ['a lookup, which holds no payload to call with', bodyOf({ lookup: true }), 'it looked a call up'],
  ])('refuses %s', async (_what, body, reason) => {
    const world = aRedriveWorld();
    world.callback.closed.add(TOKEN);

    expect(await world.drive(body)).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining(reason) as string,
    });
    expect([world.started.size, world.returned.length]).toEqual([0, 0]);
  });

  it('refuses where Step Functions does not say whether the task still waits', async () => {
    const world = aRedriveWorld();
    world.callback.unavailable = true;

    expect(await world.drive(bodyOf())).toEqual({
      kind: 'refused',
      reason: 'Step Functions did not say whether its task still waits; try again',
    });
    expect([world.started.size, world.returned.length]).toEqual([0, 0]);
  });

  it('refuses where its operator may not ask, and names the permission in place of trying again', async () => {
    const world = aRedriveWorld();
    world.callback.probe = () => Promise.resolve('denied');

    const redriven = await world.drive(bodyOf());

    expect(redriven).toEqual({
      kind: 'refused',
      reason: expect.stringMatching(/^AWS denies states:SendTaskHeartbeat,.*grantOperate/) as string,
    });
    expect(redriven).not.toMatchObject({ reason: expect.stringContaining('try again') as string });
    expect([world.started.size, world.returned.length]).toEqual([0, 0]);
  });

  it('never repeats a `once` call whose outcome is unknown: the ledger answers its fresh execution', async () => {
    const world = aRedriveWorld();
    const once = { operation: 'bookOrder', priority: 'NORMAL' } as const;
    world.legacyApi.script.push({ exchange: { kind: 'lost', reason: 'ECONNRESET' } });
    world.send(once);
    await world.serve(aConfig());

    await world.drive(bodyOf(once));
    const [input = '{}'] = world.started.values();
    world.send({ ...(JSON.parse(input) as Partial<TaskRequestBody>), callId: 'redriven' });
    await world.serve(aConfig(), 'slot-2');

    expect(world.journal.lines(/^call/)).toEqual(['call call-1']);
    expect(world.callback.failed.get(tokenOf('redriven'))).toMatchObject({
      error: 'LegacyApi.OutcomeUnknown',
    });
  });
});
