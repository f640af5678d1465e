import { aConfig } from '../../../support/a-config.js';
import { aLedgerEntry } from '../../../support/a-ledger-entry.js';
import { aSlotWorld, instant } from '../../../support/a-slot-world.js';
import { answered } from '../../../support/scripted-legacy-api.js';

const ONCE = { operation: 'bookOrder' };
const KEY = { operation: 'bookOrder', idempotencyKey: 'key-call-1' };
const LOST = { exchange: { kind: 'lost', reason: 'ECONNRESET' } } as const;

describe('a call that must not be made twice', () => {
  it('is in the ledger before it is made, and its result before its task is resumed', async () => {
    const world = aSlotWorld();
    world.send(ONCE);

    await world.serve(aConfig());

    expect(world.journal.lines(/^(ledger|call|succeed|delete)/)).toEqual([
      'ledger key-call-1: started',
      'call call-1',
      'ledger key-call-1: succeeded',
      'succeed call-1',
      'delete call-1',
    ]);
  });

  it('is not made again when its message comes back: the ledger answers', async () => {
    const world = aSlotWorld();
    const state = { kind: 'succeeded', outputJson: '{"booking":7}' } as const;
    world.ledger.put(KEY, aLedgerEntry({ state }));
    world.send(ONCE, { receiveCount: 1 });

    await world.serve(aConfig());

    expect(world.journal.lines(/^call/)).toEqual([]);
    expect(world.callback.succeeded.get('token-of-call-1')).toBe('{"booking":7}');
    expect(world.queues.labels).toEqual([]);
    expect(world.telemetry.of('answeredByLedger')).toMatchObject([{ newlyUnknown: false }]);
  });

  it('is not made while another slot may be making it: its message comes back when that is over', async () => {
    const world = aSlotWorld();
    world.ledger.put(KEY, aLedgerEntry({ doneByMs: instant(7_500) }));
    world.send(ONCE);

    await world.serve(aConfig());
    await world.serve(aConfig(), 'slot-2');

    expect(world.journal.lines(/^(call|defer|fail|ring 7)/)).toEqual(['ring 7500', 'defer call-1 by 7500']);
    expect(world.queues.labels).toEqual(['call-1']);
  });

  it('has an unknown outcome when its slot died during it', async () => {
    const world = aSlotWorld();
    world.ledger.put(KEY, aLedgerEntry({ doneByMs: instant(0) }));
    world.send(ONCE, { receiveCount: 1 });

    await world.serve(aConfig());

    expect(world.journal.lines(/^call/)).toEqual([]);
    expect(world.callback.failed.get('token-of-call-1')).toMatchObject({ error: 'LegacyApi.OutcomeUnknown' });
    expect(world.queues.labels).toEqual([]);
    expect(world.telemetry.of('answeredByLedger')).toMatchObject([{ newlyUnknown: true }]);
  });

  it('is never repeated by the worker after it was lost, nor by a second delivery', async () => {
    const world = aSlotWorld();
    world.legacyApi.script.push(LOST);
    world.send(ONCE);
    world.send(ONCE);

    await world.serve(aConfig());

    expect(world.journal.lines(/^call/)).toEqual(['call call-1']);
    expect(world.callback.failed.get('token-of-call-1')).toMatchObject({ error: 'LegacyApi.OutcomeUnknown' });
    expect(world.ledger.entry(KEY)).toMatchObject({
      // From its send, not from its claim: so a lookup need not wait for longer than the call can run.
      doneByMs: instant(5_000),
      state: { kind: 'unknown' },
    });
  });

  it('is given back after a 429, and made when the gate opens', async () => {
    const world = aSlotWorld();
    world.legacyApi.script.push({ exchange: answered(429, { retryAfter: '2' }) });
    world.send(ONCE);

    await world.serve(aConfig());

    expect(world.journal.lines(/^(ledger|call|defer|succeed|fail)/)).toEqual([
      'ledger key-call-1: started',
      'call call-1',
      'ledger key-call-1: forgotten',
      'defer call-1 by 2000',
      'ledger key-call-1: started',
      'call call-1',
      'ledger key-call-1: succeeded',
      'succeed call-1',
    ]);
  });

  it('leaves no trace in the ledger when a pause begins while its message is in hand', async () => {
    const world = aSlotWorld();
    const enqueuedAt = new Date(world.clock.nowMs() - 60_000).toISOString();
    world.send({ ...ONCE, enqueuedAt });
    world.callback.latencyMs = 1_200;
    world.decree({ paused: ['NORMAL'] }, 600);

    await world.serve(aConfig());

    expect(world.journal.lines(/^(ledger|call|defer)/)).toEqual(['defer call-1 by 0']);
  });

  it('is made where its own claim was taken but the answer was lost on its way', async () => {
    const world = aSlotWorld();
    world.send(ONCE);
    const { ledger } = world;
    const change = ledger.change.bind(ledger);
    // The first attempt of the client took effect, and its repeat finds that it did.
    ledger.change = async (wanted) => (await change(wanted)) && wanted.entry?.state.kind !== 'started';

    await world.serve(aConfig());

    expect(world.callback.succeeded.has('token-of-call-1')).toBe(true);
  });

  it('is not made, and its claim is taken back, where the claim took so long that its entry no longer covers it', async () => {
    const world = aSlotWorld();
    world.send(ONCE);
    const { ledger } = world;
    const change = ledger.change.bind(ledger);
    let slow = true;
    ledger.change = async (wanted) => {
      if (slow) await world.clock.sleep(4_000);
      slow = false;
      return change(wanted);
    };

    await world.serve(aConfig());

    expect(world.journal.lines(/^(ledger|call|defer)/)).toEqual([
      'ledger key-call-1: started',
      'ledger key-call-1: forgotten',
      'defer call-1 by 0',
      'ledger key-call-1: started',
      'call call-1',
      'ledger key-call-1: succeeded',
    ]);
  });

  it('is not made when the ledger cannot be reached, and its message stays', async () => {
    const world = aSlotWorld();
    world.ledger.broken = true;
    world.send(ONCE);

    expect(await world.serve(aConfig())).toBe('problem');

    expect(world.journal.lines(/^(call|fail)/)).toEqual([]);
    expect(world.queues.labels).toEqual(['call-1']);
  });

  it('resumes its task also where its result could not be written down', async () => {
    const world = aSlotWorld();
    world.send(ONCE);
    world.clock.at(instant(50), () => (world.ledger.broken = true));

    await world.serve(aConfig());

    expect(world.callback.succeeded.has('token-of-call-1')).toBe(true);
    expect(world.telemetry.of('problem')).toMatchObject([{ what: 'write the ledger' }]);
  });

  it('is refused when its key names a call with another payload', async () => {
    const world = aSlotWorld();
    world.ledger.put(KEY, aLedgerEntry({ state: { kind: 'succeeded', outputJson: '7' } }));
    world.send({ ...ONCE, payload: { order: 8 } });

    await world.serve(aConfig());

    expect(world.journal.lines(/^call/)).toEqual([]);
    expect(world.callback.failed.get('token-of-call-1')).toMatchObject({
      error: 'Orchestrator.InvalidRequest',
      cause: expect.stringContaining('idempotencyKey') as string,
    });
  });
});
