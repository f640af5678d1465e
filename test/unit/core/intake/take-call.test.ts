import { UnavailableError } from '../../../../lambdas/core/intake/ports.js';
import { aConfig } from '../../../support/a-config.js';
import { aFoundCall, AnIntake, standingWith } from '../../../support/an-intake.js';
import { START_MS } from '../../../support/virtual-clock.js';

/** Full at two minutes of NORMAL calls, one of which starts a second. */
const config = aConfig({ intake: { backlogBudgetSeconds: { NORMAL: 120 } } });

const CALL = { operation: 'bookOrder', idempotencyKey: 'invoice-7', payload: { lines: [1] } };

const anIntake = () => new AnIntake(config);

describe('takeCall', () => {
  it('starts one execution for one key and body, also after its end', async () => {
    const intake = anIntake();

    const first = await intake.take(CALL);
    const running = await intake.take(Object.fromEntries(Object.entries(CALL).reverse()));
    intake.endAll();
    const over = await intake.take(CALL);

    expect(intake.executions.size).toBe(1);
    const id = [...intake.executions.keys()][0];
    expect([first, running]).toEqual([
      expect.objectContaining({ call: expect.objectContaining({ id, status: 'RUNNING' }) as unknown }),
      expect.objectContaining({ call: expect.objectContaining({ id }) as unknown }),
    ]);
    expect(over).toMatchObject({ kind: 'taken', call: { id, status: 'SUCCEEDED', estimate: null } });
  });

  it.each([false, true])('refuses the key with another body; the first has ended: %s', async (hasEnded) => {
    const intake = anIntake();
    await intake.take(CALL);
    if (hasEnded) intake.endAll();
    const id = [...intake.executions.keys()][0] ?? '';

    expect(await intake.take({ ...CALL, payload: {} })).toMatchObject({
      kind: 'refused',
      problem: {
        status: 422,
        detail: `idempotencyKey: call ${id} has this key and another body; use another key, or repeat the body`,
      },
    });
  });

  it('refuses a key whose call Step Functions remembers, but no longer shows', async () => {
    const intake = anIntake();
    intake.ports.calls.start = () => Promise.resolve('existed');

    expect(await intake.take(CALL)).toMatchObject({
      problem: {
        status: 422,
        detail: 'idempotencyKey: a call with this key has ended; use another key',
      },
    });
  });

  it('takes a start that was not answered for what it is', async () => {
    const intake = anIntake();
    intake.answers = false;

    expect(await intake.take({ operation: 'getOrder' })).toMatchObject({
      kind: 'taken',
      call: { id: 'new-1', estimate: null },
    });
    expect(intake.starts).toBe(1);
  });

  it('promises nothing where nobody answers', async () => {
    const intake = anIntake();
    intake.reachable = false;

    await expect(intake.take(CALL)).rejects.toThrow(UnavailableError);
    intake.ports.calls.start = () => Promise.reject(new UnavailableError('lost'));
    intake.reachable = true;
    await expect(intake.take(CALL)).rejects.toThrow('lost');
  });

  it('looks for no execution where the start fails by a fault of ours', async () => {
    const intake = anIntake();
    intake.ports.calls.start = () => Promise.reject(new TypeError('ours'));
    intake.ports.calls.find = () => Promise.resolve(aFoundCall());

    await expect(intake.take(CALL)).rejects.toThrow('ours');
  });

  it('still knows an earlier call where its class is full, and takes no other', async () => {
    const intake = anIntake();
    await intake.take(CALL);
    intake.standing = standingWith(1_000);

    expect(await intake.take(CALL)).toMatchObject({
      kind: 'taken',
      call: { id: [...intake.executions.keys()][0] },
    });
    expect(await intake.take({ ...CALL, payload: 0 })).toMatchObject({ problem: { status: 422 } });
    expect(await intake.take({ ...CALL, idempotencyKey: 'other' })).toMatchObject({
      problem: { status: 503 },
    });
    expect(await intake.take({ operation: 'getOrder' })).toMatchObject({ problem: { status: 503 } });
    expect(intake.executions.size).toBe(1);
  });

  it('still knows an earlier call whose deadline has passed, and takes no other', async () => {
    const intake = anIntake();
    const call = { ...CALL, deadline: new Date(START_MS + 60_000).toISOString() };
    await intake.take(call);
    intake.nowMs = START_MS + 60_000;

    expect(await intake.take(call)).toMatchObject({
      kind: 'taken',
      call: { id: [...intake.executions.keys()][0] },
    });
    expect(await intake.take({ ...call, payload: 0 })).toMatchObject({ problem: { status: 422 } });
    expect(await intake.take({ ...call, idempotencyKey: 'other' })).toMatchObject({
      problem: {
        status: 400,
        faults: ['deadline: has passed, so the call would not be made; allow more time'],
      },
    });
    expect(intake.executions.size).toBe(1);
  });

  it('takes what nobody can say how long it waits for', async () => {
    const intake = anIntake();
    intake.standing = undefined;

    expect(await intake.take(CALL)).toMatchObject({ kind: 'taken', call: { estimate: null } });
  });

  it('says where the call stands, and what can be done about it', async () => {
    const intake = anIntake();
    intake.standing = standingWith(4);

    expect(await intake.take({ operation: 'getOrder' })).toEqual({
      kind: 'taken',
      call: {
        id: 'new-1',
        status: 'RUNNING',
        estimate: { position: 9, startsAt: new Date(START_MS + 9_000).toISOString() },
        links: {
          self: { href: '/calls/new-1' },
          cancel: { href: '/calls/new-1', method: 'DELETE' },
          expedite: { href: '/calls/new-1', method: 'PATCH' },
        },
      },
    });
  });

  it('lets a call that waits for its time start no sooner, and does not count it among those that wait', async () => {
    const intake = anIntake();
    const notBefore = new Date(START_MS + 3_600_000).toISOString();

    expect(await intake.take({ operation: 'getOrder', notBefore })).toMatchObject({
      call: { estimate: { startsAt: notBefore } },
    });
    expect(intake.accepted).toEqual([]);
    await intake.take({ operation: 'getOrder', notBefore: new Date(START_MS).toISOString() });
    await intake.take({ ...CALL, priority: 'HIGH' });
    expect(intake.accepted).toEqual(['NORMAL', 'HIGH']);
  });

  it('counts by its class what it starts and what it turns away, and neither faults nor repeats of what ended', async () => {
    const intake = anIntake();
    await intake.take({ ...CALL, priority: 'HIGH' });
    intake.endAll();
    await intake.take({ ...CALL, priority: 'HIGH' });
    await intake.take({ operation: 'unknown' });
    intake.standing = standingWith(1_000);
    await intake.take({ operation: 'getOrder' });
    await intake.take({ ...CALL, priority: 'HIGH', payload: 'another' });
    expect(intake.counted).toEqual(['HIGH taken', 'NORMAL turned away']);
  });

  it('counts none as turned away that is known already', async () => {
    const intake = anIntake();
    await intake.take(CALL);
    intake.standing = standingWith(1_000);
    await intake.take(CALL);
    await intake.take({ ...CALL, payload: 0 });

    expect(intake.counted).toEqual(['NORMAL taken']);
  });

  it('refuses what its numbers make too large for state data, to the byte', async () => {
    const numbers = Array.from({ length: 10_000 }, () => 0.1 + 0.2);
    const call = (characters: number) => ({
      operation: 'getOrder',
      payload: [...numbers, 'x'.repeat(characters)],
    });
    const room = 262_144 - JSON.stringify(call(0)).length;

    expect(await anIntake().take(call(room))).toMatchObject({ kind: 'taken' });
    expect(await anIntake().take(call(room + 1))).toMatchObject({
      problem: { status: 400, faults: ['input: expected at most 262144 bytes of JSON; shorten it'] },
    });
  });
});
