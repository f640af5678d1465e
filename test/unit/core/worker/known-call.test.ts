// Goal: nobody is told that a `once` call was not made while another delivery of it made it, or is making it.
import type { LedgerState } from '../../../../lambdas/core/ledger/ledger-entry.js';
import { aConfig } from '../../../support/a-config.js';
import { aLedgerEntry } from '../../../support/a-ledger-entry.js';
import { aSlotWorld, instant, type SlotWorld } from '../../../support/a-slot-world.js';

const ONCE = { operation: 'bookOrder' } as const;
const KEY = { operation: 'bookOrder', idempotencyKey: 'key-call-1' };
const SUCCEEDED: LedgerState = { kind: 'succeeded', outputJson: '{"booking":7}' };

const PASSED = { ...ONCE, deadline: new Date(instant(-1)).toISOString() };
const withoutBookOrder = aConfig({
  operations: { getOrder: { path: '/orders', effect: 'idempotent', timeoutMs: 3_000 } },
});

/** Each of them would tell the task that its call is not made. */
const REASONS: readonly (readonly [
  why: string,
  arrange: (world: SlotWorld) => ReturnType<typeof aConfig>,
])[] = [
  [
    'its deadline has passed',
    (world) => {
      world.send(PASSED, { receiveCount: 1 });
      return aConfig();
    },
  ],
  [
    'its operation is no longer configured',
    (world) => {
      world.send(ONCE, { receiveCount: 1 });
      return withoutBookOrder;
    },
  ],
  [
    'no request can be made of it any more',
    (world) => {
      world.legacyApi.unprepared.push({ kind: 'invalid', faults: ['payload.id: missing'] });
      world.send(ONCE, { receiveCount: 1 });
      return aConfig();
    },
  ],
  [
    'there are no credentials',
    (world) => {
      world.legacyApi.unprepared.push({ kind: 'notReady', reason: 'no token' });
      world.send(ONCE, { receiveCount: 1 });
      return aConfig();
    },
  ],
  [
    'it has been given back too often',
    (world) => {
      world.callback.latencyMs = 1_200;
      world.decree({ paused: ['NORMAL'] }, 600);
      world.send(ONCE, { receiveCount: 9 });
      return aConfig({ maxDeferrals: 5 });
    },
  ],
];

describe.each(REASONS)('a once call that cannot be made because %s', (_why, arrange) => {
  it('resumes its task with the result that the ledger has', async () => {
    const world = aSlotWorld();
    world.ledger.put(KEY, aLedgerEntry({ state: SUCCEEDED }));

    await world.serve(arrange(world));

    expect(world.callback.succeeded.get('token-of-call-1')).toBe('{"booking":7}');
    expect(world.telemetry.of('abandoned')).toEqual([]);
    expect(world.telemetry.of('answeredByLedger')).toMatchObject([{ newlyUnknown: false }]);
  });

  it('waits while another delivery may be making it', async () => {
    const world = aSlotWorld();
    world.ledger.put(KEY, aLedgerEntry({ doneByMs: instant(900_000) }));

    await world.serve(arrange(world));

    expect(world.journal.lines(/^(fail|succeed)/)).toEqual([]);
    expect(world.queues.labels).toEqual(['call-1']);
  });

  it('has an unknown outcome where its slot died during it', async () => {
    const world = aSlotWorld();
    world.ledger.put(KEY, aLedgerEntry({ doneByMs: instant(0) }));

    await world.serve(arrange(world));

    expect(world.callback.failed.get('token-of-call-1')).toMatchObject({ error: 'LegacyApi.OutcomeUnknown' });
  });

  it('fails its task where nobody knows of it', async () => {
    const world = aSlotWorld();

    await world.serve(arrange(world));

    expect(world.callback.failed.get('token-of-call-1')?.error).toMatch(
      /^(Orchestrator[.](DeadlineExceeded|InvalidRequest)|LegacyApi[.]Unavailable)$/,
    );
  });

  it('fails its task where what the ledger knows does not keep anybody from making it', async () => {
    const world = aSlotWorld();
    const failure = { error: 'LegacyApi.Rejected', cause: 'status 409' } as const;
    world.ledger.put(KEY, aLedgerEntry({ task: 'another task', state: { kind: 'rejected', failure } }));

    await world.serve(arrange(world));

    expect(world.callback.failed.get('token-of-call-1')?.error).toMatch(
      /^(Orchestrator|LegacyApi[.]Unavailable)/,
    );
    expect(world.telemetry.of('answeredByLedger')).toEqual([]);
  });

  it('stays in its queue where the ledger cannot be reached', async () => {
    const world = aSlotWorld();
    world.ledger.broken = true;

    await world.serve(arrange(world));

    expect(world.journal.lines(/^(call|fail)/)).toEqual([]);
    expect(world.queues.labels).toEqual(['call-1']);
  });
});

describe('an idempotent call that cannot be made', () => {
  it('does not ask the ledger, and does not claim that nobody made it where somebody may have', async () => {
    const world = aSlotWorld();
    const deadline = PASSED.deadline;
    world.send({ callId: 'call-1', deadline });
    world.send({ callId: 'call-2', deadline }, { receiveCount: 1 });

    await world.serve(aConfig());

    expect(world.journal.lines(/ledger/)).toEqual([]);
    expect(world.callback.failed.get('token-of-call-1')?.cause).toMatch(/; it was not made$/);
    expect(world.callback.failed.get('token-of-call-2')?.cause).toMatch(
      /; an earlier delivery of its message may have made the call$/,
    );
  });
});
