import { UNREADABLE } from '../../../../lambdas/core/ledger/claimant.js';
import { claimCall } from '../../../../lambdas/core/worker/claim-call.js';
import { aConfig, anOperation } from '../../../support/a-config.js';
import { aLedgerEntry } from '../../../support/a-ledger-entry.js';
import { aSlotWorld, instant, type SlotWorld } from '../../../support/a-slot-world.js';
import { aTaskRequest } from '../../../support/a-task-request.js';

const KEY = { operation: 'bookOrder', idempotencyKey: 'key-call-1' };
const config = aConfig({ arrivalJitterMs: 40, serviceTimeMaxMs: 5_000, ledgerRetentionDays: 42 });

function claim(world: SlotWorld, effect: 'once' | 'idempotent' = 'once', lookup = false) {
  const request = aTaskRequest({ operation: 'bookOrder', lookup });
  const operation = anOperation({ effect, timeoutMs: 3_000 });
  return claimCall(world.ports, config, 'slot-1/1', { kind: 'call', request, operation });
}

/** Whoever else wants the same key gets ahead of us so often. */
function othersGetAhead(world: SlotWorld, times: number): void {
  const { ledger } = world;
  const change = ledger.change.bind(ledger);
  let left = times;
  ledger.change = (wanted) => {
    left -= 1;
    if (left < 0) return change(wanted);
    const failure = { error: 'LegacyApi.Rejected', cause: 'status 409' } as const;
    ledger.put(
      KEY,
      aLedgerEntry({ revision: `other/${left}`, task: 'other', state: { kind: 'rejected', failure } }),
    );
    return Promise.resolve(false);
  };
}

describe('claimCall', () => {
  it('grants an idempotent call without asking the ledger', async () => {
    const world = aSlotWorld();

    expect(await claim(world, 'idempotent')).toEqual({ kind: 'granted', grant: { kind: 'idempotent' } });
    expect(world.journal.lines(/ledger/)).toEqual([]);
  });

  it('writes down who makes a once call, until when it may run, and for how long that is remembered', async () => {
    const world = aSlotWorld();

    const claimed = await claim(world);

    const entry = {
      revision: 'slot-1/1',
      task: 'fingerprint of token-of-call-1',
      payload: 'fingerprint of {"order":7}',
      // The fetch lead and a second to begin, the timeout, the service time and the jitter.
      doneByMs: instant(250 + 1_000 + 3_000 + 5_000 + 40),
      expiresAtMs: instant(42 * 86_400_000),
      state: { kind: 'started' },
    };
    expect(claimed).toEqual({ kind: 'granted', grant: { kind: 'once', key: KEY, entry } });
    expect(world.ledger.entry(KEY)).toEqual(entry);
    expect(world.journal.lines(/ledger/)).toEqual(['ledger key-call-1: started']);
  });

  it('refuses a once call whose payload is nested too deeply to be told from another', async () => {
    const world = aSlotWorld();
    const payload = Array.from({ length: 100_000 }).reduce<unknown>((inner) => [inner], 7);
    const request = { ...aTaskRequest({ operation: 'bookOrder' }), payload };
    const operation = anOperation({ effect: 'once' });

    const claimed = await claimCall(world.ports, config, 'slot-1/1', { kind: 'call', request, operation });

    expect(claimed).toEqual({ kind: 'refused', disposition: UNREADABLE });
    expect(world.journal.lines(/ledger/)).toEqual([]);
  });

  it('tries three times where others get ahead', async () => {
    const world = aSlotWorld();
    othersGetAhead(world, 2);

    expect(await claim(world)).toMatchObject({ kind: 'granted', grant: { kind: 'once' } });
  });

  it('comes back later where others get ahead each time', async () => {
    const world = aSlotWorld();
    othersGetAhead(world, 3);

    expect(await claim(world)).toEqual({
      kind: 'refused',
      disposition: { kind: 'giveBack', delayMs: 1_000 },
    });
  });

  it('tries again where the entry that was in its way has gone', async () => {
    const world = aSlotWorld();
    const { ledger } = world;
    const change = ledger.change.bind(ledger);
    let first = true;
    ledger.change = (wanted) => {
      if (!first) return change(wanted);
      first = false;
      return Promise.resolve(false);
    };

    expect(await claim(world)).toMatchObject({ kind: 'granted', grant: { kind: 'once' } });
  });

  it('is granted where its own claim was written but the answer was lost', async () => {
    const world = aSlotWorld();
    const { ledger } = world;
    const change = ledger.change.bind(ledger);
    ledger.change = async (wanted) => (await change(wanted)) && false;

    expect(await claim(world)).toMatchObject({ kind: 'granted', grant: { kind: 'once', key: KEY } });
  });

  it('grants a lookup of a call that nobody can be making any more', async () => {
    const world = aSlotWorld();
    const entry = aLedgerEntry({ doneByMs: instant(0) });
    world.ledger.put(KEY, entry);

    expect(await claim(world, 'once', true)).toEqual({
      kind: 'granted',
      grant: { kind: 'lookup', key: KEY, entry },
    });
  });

  it('throws where the table cannot be reached', async () => {
    const world = aSlotWorld();
    world.ledger.broken = true;

    await expect(claim(world)).rejects.toThrow('the table cannot be reached');
  });
});
