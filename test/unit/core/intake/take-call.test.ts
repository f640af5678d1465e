import { sha256 } from '../../../../lambdas/adapters/sha-256.js';
import { OPEN_CONTROL } from '../../../../lambdas/core/control.js';
import { type FoundCall, type IntakePorts, UnavailableError } from '../../../../lambdas/core/intake/ports.js';
import { takeCall } from '../../../../lambdas/core/intake/take-call.js';
import { aConfig } from '../../../support/a-config.js';
import { START_MS } from '../../../support/virtual-clock.js';

/** Full at two minutes of NORMAL calls, one of which starts a second. */
const config = aConfig({ intake: { backlogBudgetSeconds: { NORMAL: 120 } } });

/** Step Functions that remember names, and may start an execution without answering. */
function aWorld({ waiting = 0 } = {}) {
  const executions = new Map<string, FoundCall>();
  const world = { nowMs: START_MS, starts: 0, answers: true, reachable: true, ended: false };
  const contents = { waiting, inFlight: 0 };
  const counted: string[] = [];
  const ports = {
    nowMs: () => world.nowMs,
    calls: {
      start: (name: string, inputJson: string) => {
        world.starts += 1;
        if (!world.reachable) return Promise.reject(new UnavailableError('nobody answers'));
        const earlier = executions.get(name);
        if (earlier !== undefined && (world.ended || earlier.inputJson !== inputJson))
          return Promise.resolve('existed');
        executions.set(name, aFound(name, inputJson));
        return world.answers ? Promise.resolve('started') : Promise.reject(new UnavailableError('too late'));
      },
      find: (name: string) => {
        const found = executions.get(name);
        if (!world.reachable) return Promise.reject(new UnavailableError('nobody answers'));
        return Promise.resolve(
          found === undefined || !world.ended ? found : { ...found, status: 'SUCCEEDED' as const },
        );
      },
    },
    standing: {
      read: () =>
        Promise.resolve({
          ...{ atMs: START_MS, control: OPEN_CONTROL, quotaBook: [] },
          queues: { HIGH: contents, NORMAL: contents, BATCH: contents },
        }),
      accepted: () => undefined,
    },
    fingerprint: sha256,
    newName: () => 'a-new-name',
    count: {
      taken: (priority: string) => counted.push(`${priority} taken`),
      turnedAway: (priority: string) => counted.push(`${priority} turned away`),
    },
  };
  const take = (input: unknown) => takeCall(ports as unknown as IntakePorts, config, input);
  return { world, executions, contents, counted, take };
}

function aFound(id: string, inputJson: string): FoundCall {
  return {
    ...{ id, arn: `arn:${id}`, status: 'RUNNING', startedAtMs: START_MS, endedAtMs: undefined, inputJson },
    ...{ outputJson: undefined, error: undefined, cause: undefined },
  };
}

const CALL = { operation: 'bookOrder', idempotencyKey: 'invoice-7', payload: { lines: [1] } };

describe('takeCall', () => {
  it('starts one execution for one key and body, also after its end', async () => {
    const { world, executions, take } = aWorld();

    const first = await take(CALL);
    const running = await take(Object.fromEntries(Object.entries(CALL).reverse()));
    world.ended = true;
    const over = await take(CALL);

    expect(executions.size).toBe(1);
    const id = [...executions.keys()][0];
    expect([first, running]).toEqual([
      expect.objectContaining({ call: expect.objectContaining({ id, status: 'RUNNING' }) as unknown }),
      expect.objectContaining({ call: expect.objectContaining({ id }) as unknown }),
    ]);
    expect(over).toMatchObject({ kind: 'taken', call: { id, status: 'SUCCEEDED' } });
  });

  it.each([false, true])('refuses the key with another body; the first has ended: %s', async (hasEnded) => {
    const { world, take } = aWorld();
    await take(CALL);
    world.ended = hasEnded;

    expect(await take({ ...CALL, payload: {} })).toMatchObject({ kind: 'refused', problem: { status: 422 } });
  });

  it('takes a start that was not answered for what it is', async () => {
    const { world, take } = aWorld();
    world.answers = false;

    expect(await take({ operation: 'getOrder' })).toMatchObject({
      kind: 'taken',
      call: { id: 'a-new-name' },
    });
    expect(world.starts).toBe(1);
  });

  it('promises nothing where nobody answers', async () => {
    const { world, take } = aWorld();
    world.reachable = false;

    await expect(take(CALL)).rejects.toThrow(UnavailableError);
  });

  it('still knows an earlier call where its class is full, and takes no other', async () => {
    const { contents, executions, take } = aWorld();
    await take(CALL);
    contents.waiting = 1_000;

    expect(await take(CALL)).toMatchObject({ kind: 'taken', call: { id: [...executions.keys()][0] } });
    expect(await take({ ...CALL, payload: 0 })).toMatchObject({ problem: { status: 422 } });
    expect(await take({ ...CALL, idempotencyKey: 'other' })).toMatchObject({ problem: { status: 503 } });
    expect(await take({ operation: 'getOrder' })).toMatchObject({ problem: { status: 503 } });
    expect(executions.size).toBe(1);
  });

  it('still knows an earlier call whose deadline has passed, and takes no other', async () => {
    const { world, executions, take } = aWorld();
    const call = { ...CALL, deadline: new Date(START_MS + 60_000).toISOString() };
    await take(call);
    world.nowMs = START_MS + 60_000;

    expect(await take(call)).toMatchObject({ kind: 'taken', call: { id: [...executions.keys()][0] } });
    expect(await take({ ...call, payload: 0 })).toMatchObject({ problem: { status: 422 } });
    expect(await take({ ...call, idempotencyKey: 'other' })).toMatchObject({ problem: { status: 400 } });
    expect(executions.size).toBe(1);
  });

  it('counts by its class what it starts and what it turns away, and neither faults nor repeats of what ended', async () => {
    const { world, contents, counted, take } = aWorld();
    await take({ ...CALL, priority: 'HIGH' });
    world.ended = true;
    await take({ ...CALL, priority: 'HIGH' });
    await take({ operation: 'unknown' });
    contents.waiting = 1_000;
    await take({ operation: 'getOrder' });

    expect(counted).toEqual(['HIGH taken', 'NORMAL turned away']);
  });

  it('refuses what its numbers make too large for state data', async () => {
    const { take } = aWorld();
    const payload = Array.from({ length: 14_000 }, () => 0.1 + 0.2);

    expect(await take({ operation: 'getOrder', payload })).toMatchObject({ problem: { status: 400 } });
  });
});
