import type { LedgerChange } from '../../../../lambdas/core/ledger/ledger-entry.js';
import { settle, type Settlement } from '../../../../lambdas/core/worker/settle.js';
import { aLedgerEntry } from '../../../support/a-ledger-entry.js';
import { aSlotWorld, type SlotWorld } from '../../../support/a-slot-world.js';
import { aTaskRequest, tokenOf } from '../../../support/a-task-request.js';

const KEY = { operation: 'getOrder', idempotencyKey: 'key-call-1' };
const entry = aLedgerEntry();
const FORGET: LedgerChange = { key: KEY, expected: entry.revision, entry: undefined };
const REMEMBER: LedgerChange = { key: KEY, expected: entry.revision, entry };
const SUCCEED = { kind: 'succeedTask', outputJson: '7' } as const;

async function settled(
  world: SlotWorld,
  change: LedgerChange,
  lookup: boolean,
  disposition: Settlement['disposition'] = SUCCEED,
): Promise<void> {
  world.send();
  const message = await world.queues.receive('NORMAL', 0);
  if (message === undefined) throw new Error('no message');
  await world.clock.run(
    settle(world.ports, message, { request: aTaskRequest({ lookup }), disposition, change }),
  );
}

describe('a settlement whose ledger entry cannot be changed', () => {
  it.each<[string, (world: SlotWorld) => void]>([
    ['somebody else has changed it', () => undefined],
    ['the table cannot be reached', (world) => (world.ledger.broken = true)],
  ])('never says "not executed" where %s, and looks again in a second', async (_why, hinder) => {
    const world = aSlotWorld();
    hinder(world);

    await settled(world, FORGET, true);

    expect(world.journal.lines(/^(succeed|delete|defer)/)).toEqual(['defer call-1 by 1000']);
  });

  it('returns the result of a lookup that found the call executed', async () => {
    const world = aSlotWorld();

    await settled(world, REMEMBER, true);

    expect(world.callback.succeeded.get(tokenOf('call-1'))).toBe('7');
  });

  it.each([FORGET, REMEMBER])('returns the outcome of the call itself: %j', async (change) => {
    const world = aSlotWorld();
    world.ledger.broken = true;

    await settled(world, change, false);

    expect(world.callback.succeeded.get(tokenOf('call-1'))).toBe('7');
    expect(world.telemetry.of('problem')).toMatchObject([{ what: 'write the ledger' }]);
  });
});

describe('a result that Step Functions does not take', () => {
  it('is told to the workflow, with the reason', async () => {
    const world = aSlotWorld();
    world.callback.script.push({ kind: 'refused', reason: 'InvalidOutput' });

    await settled(world, REMEMBER, false);

    expect(world.callback.failed.get(tokenOf('call-1'))).toEqual({
      error: 'LegacyApi.ResponseRefused',
      cause: 'the call succeeded but Step Functions does not take its result: InvalidOutput',
    });
  });
});
