import { aConfig } from '../../../support/a-config.js';
import { aLedgerEntry } from '../../../support/a-ledger-entry.js';
import { aSlotWorld, instant, type SlotWorld } from '../../../support/a-slot-world.js';
import { answered } from '../../../support/scripted-legacy-api.js';

const KEY = { operation: 'bookOrder', idempotencyKey: 'key-call-1' };
const UNKNOWN = { kind: 'unknown', cause: 'no whole answer' } as const;
const NOT_FOUND = { exchange: answered(404) };

const config = aConfig({
  operations: {
    bookOrder: { path: '/bookings', effect: 'once', timeoutMs: 3_000, lookup: { path: '/bookings' } },
  },
});

function aWorldThatLooksUp(entry = aLedgerEntry({ doneByMs: instant(0), state: UNKNOWN })): SlotWorld {
  const world = aSlotWorld();
  world.ledger.put(KEY, entry);
  world.send({ operation: 'bookOrder', lookup: true });
  return world;
}

describe('a lookup of a call whose outcome is unknown', () => {
  it('returns the result of a call that was executed, and the ledger learns it', async () => {
    const world = aWorldThatLooksUp();

    await world.serve(config);

    expect(world.callback.succeeded.get('token-of-call-1')).toBe('{"executed":true,"result":{"ok":true}}');
    expect(world.ledger.entry(KEY)?.state).toEqual({ kind: 'succeeded', outputJson: '{"ok":true}' });
  });

  it('says that a call was not executed only once the ledger has forgotten it', async () => {
    const world = aWorldThatLooksUp();
    world.legacyApi.script.push(NOT_FOUND);

    await world.serve(config);

    expect(world.journal.lines(/^(ledger|succeed)/)).toEqual([
      'ledger key-call-1: forgotten',
      'succeed call-1',
    ]);
    expect(world.callback.succeeded.get('token-of-call-1')).toBe('{"executed":false}');
  });

  it('says nothing where the call was made again meanwhile, and looks once more', async () => {
    const world = aWorldThatLooksUp();
    world.legacyApi.script.push(NOT_FOUND);
    const restarted = aLedgerEntry({ revision: 'slot-8/1', doneByMs: instant(60_000) });
    world.clock.at(instant(50), () => world.ledger.put(KEY, restarted));

    await world.serve(config);

    expect(world.callback.succeeded.size).toBe(0);
    expect(world.ledger.entry(KEY)).toEqual(restarted);
    expect(world.queues.labels).toEqual(['call-1']);
  });

  it('does not begin before the call can no longer be running', async () => {
    const world = aWorldThatLooksUp(aLedgerEntry({ doneByMs: instant(3_000), state: UNKNOWN }));

    await world.serve(config);

    expect(world.journal.lines(/^(call|defer)/)).toEqual(['defer call-1 by 3000']);
  });

  it('is answered by the ledger where that knows', async () => {
    const state = { kind: 'succeeded', outputJson: '7' } as const;
    const world = aWorldThatLooksUp(aLedgerEntry({ state }));

    await world.serve(config);

    expect(world.journal.lines(/^call/)).toEqual([]);
    expect(world.callback.succeeded.get('token-of-call-1')).toBe('{"executed":true,"result":7}');
  });

  it('tells the legacy API the key and nothing else', async () => {
    const world = aWorldThatLooksUp();
    const payloads: unknown[] = [];
    const prepare = world.legacyApi.prepare.bind(world.legacyApi);
    world.legacyApi.prepare = (request) => {
      payloads.push(request.payload);
      return prepare(request);
    };

    await world.serve(config);

    expect(payloads).toEqual([{ idempotencyKey: 'key-call-1' }]);
  });
});
