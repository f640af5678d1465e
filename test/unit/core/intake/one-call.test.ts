import { OPEN_CONTROL } from '../../../../lambdas/core/control.js';
import { aConfig } from '../../../support/a-config.js';
import { aLedgerEntry } from '../../../support/a-ledger-entry.js';
import { aFoundCall, AnIntake, standingWith } from '../../../support/an-intake.js';
import { START_MS } from '../../../support/virtual-clock.js';

const STARTED_AT = new Date(START_MS).toISOString();

const show = (intake: AnIntake, id = 'call-1') => intake.ask('getCall', { id });

describe('a call that is asked for', () => {
  it('is shown with its end, without its payload', async () => {
    const intake = new AnIntake();
    intake.put(aFoundCall({ status: 'SUCCEEDED', endedAtMs: START_MS + 1_000, outputJson: '{"number":7}' }));

    expect(await show(intake)).toStrictEqual({
      status: 200,
      body: {
        ...{ id: 'call-1', status: 'SUCCEEDED', phase: 'done', estimate: null },
        ...{ operation: 'getOrder', priority: 'NORMAL', idempotencyKey: 'order-7' },
        ...{ startedAt: STARTED_AT, endedAt: new Date(START_MS + 1_000).toISOString() },
        result: { number: 7 },
        links: { self: { href: '/calls/call-1' } },
      },
    });
  });

  it('is shown with the reason why it failed', async () => {
    const intake = new AnIntake();
    const reason = { error: 'LegacyApi.Rejected', cause: '409' };
    intake.put(aFoundCall({ status: 'FAILED', endedAtMs: START_MS, ...reason }));

    const { body } = await show(intake);

    expect(body).toMatchObject({ status: 'FAILED', ...reason });
    expect(Object.keys(body as object)).not.toContain('result');
  });

  it('says where it stands, and does not count itself twice', async () => {
    const intake = new AnIntake();
    intake.put(aFoundCall());
    intake.lastEvent = 'TaskSubmitted';
    intake.standing = standingWith(4);

    expect((await show(intake)).body).toMatchObject({
      phase: 'queued',
      estimate: { position: 8, startsAt: new Date(START_MS + 8_000).toISOString() },
    });
    intake.standing = standingWith(0);
    expect((await show(intake)).body).toMatchObject({ estimate: { position: 1 } });
  });

  it('may be called for while slots hold messages of its class, and then has an estimate all the same', async () => {
    const intake = new AnIntake();
    intake.put(aFoundCall());
    intake.lastEvent = 'TaskSubmitted';
    const { queues } = standingWith(4);
    intake.standing = standingWith(4, { queues: { ...queues, NORMAL: { waiting: 4, inFlight: 1 } } });

    expect((await show(intake)).body).toMatchObject({
      phase: 'queuedOrCalling',
      estimate: { position: 8 },
    });
  });

  it('has no estimate where nobody can say how much waits, or it does not wait', async () => {
    const intake = new AnIntake();
    intake.put(aFoundCall());

    expect((await show(intake)).body).toMatchObject({ phase: 'betweenCalls', estimate: null });
    intake.lastEvent = 'TaskSubmitted';
    intake.standing = undefined;
    expect((await show(intake)).body).toMatchObject({ phase: 'queuedOrCalling', estimate: null });
  });

  it('has no estimate while its class is paused, and says why', async () => {
    const intake = new AnIntake();
    intake.put(aFoundCall());
    intake.lastEvent = 'TaskSubmitted';
    intake.standing = standingWith(4, { control: { ...OPEN_CONTROL, paused: ['NORMAL'] } });

    expect((await show(intake)).body).toMatchObject({
      estimate: { position: 8, startsAt: null, unknownBecause: 'paused' },
    });
  });

  it('is shown also where its operation is none of ours', async () => {
    const intake = new AnIntake();
    intake.put(aFoundCall({ inputJson: '{"operation":"dropOrder"}' }));

    expect((await show(intake)).body).toMatchObject({ operation: 'dropOrder', phase: 'betweenCalls' });
  });

  it('is being called where the ledger says so, which knows once calls only', async () => {
    const intake = new AnIntake();
    intake.lastEvent = 'TaskSubmitted';
    intake.ledgerEntry = aLedgerEntry();
    intake.put(aFoundCall({ inputJson: '{"operation":"bookOrder","idempotencyKey":"order-7"}' }));
    intake.put(aFoundCall({ id: 'idempotent' }));

    expect((await show(intake)).body).toMatchObject({ phase: 'calling', estimate: null });
    expect((await show(intake, 'idempotent')).body).toMatchObject({ phase: 'queued' });
    expect(intake.looked).toEqual(['bookOrder order-7']);
  });

  it.each([['nobody'], ['../..'], [''], ['x'.repeat(81)]])('is unknown by the id %j', async (id) => {
    const intake = new AnIntake();
    intake.put(aFoundCall({ id: '../..' }));
    intake.put(aFoundCall({ id: 'x'.repeat(81) }));
    intake.put(aFoundCall({ id: '' }));

    expect(await show(intake, id)).toMatchObject({
      status: 404,
      body: {
        detail: `no call has the id ${id.slice(0, 80)}; ids are those that POST /calls returns`,
      },
    });
  });

  it('is known by the longest id there can be', async () => {
    const intake = new AnIntake();
    intake.put(aFoundCall({ id: 'aZ09_-'.padEnd(80, 'x') }));

    expect((await show(intake, 'aZ09_-'.padEnd(80, 'x'))).status).toBe(200);
  });

  it('is unknown where no id is given', async () => {
    expect((await new AnIntake().ask('getCall')).status).toBe(404);
  });
});

describe('a call that is cancelled', () => {
  const cancel = (intake: AnIntake) => intake.ask('cancelCall', { id: 'call-1' });

  it('is stopped once, also when asked again', async () => {
    const intake = new AnIntake(aConfig({ intake: {} }));
    intake.put(aFoundCall());

    const first = await cancel(intake);
    const again = await cancel(intake);

    expect(first).toEqual({
      status: 200,
      body: {
        ...{ id: 'call-1', status: 'ABORTED', startedAt: STARTED_AT, endedAt: STARTED_AT },
        links: { self: { href: '/calls/call-1' } },
      },
    });
    expect(again).toEqual(first);
    expect(intake.stopped).toEqual([['arn:call-1', 'cancelled over HTTP']]);
  });

  it('is told that it ended by itself at the same moment', async () => {
    const intake = new AnIntake();
    intake.put(aFoundCall());
    intake.ports.calls.stop = () => {
      intake.endAll();
      return Promise.resolve();
    };

    expect(await cancel(intake)).toMatchObject({
      status: 409,
      body: { detail: 'call call-1 has ended: SUCCEEDED; only a running call can be cancelled' },
    });
  });

  it('is not stopped where it has ended before', async () => {
    const intake = new AnIntake();
    intake.put(aFoundCall({ status: 'SUCCEEDED', endedAtMs: START_MS }));

    expect((await cancel(intake)).status).toBe(409);
    expect(intake.stopped).toEqual([]);
  });
});
