import { lateCall, takenBack } from '../../../../lambdas/core/worker/claim-call.js';
import { aConfig, anOperation } from '../../../support/a-config.js';
import { aLedgerEntry } from '../../../support/a-ledger-entry.js';
import { aSlotWorld, instant } from '../../../support/a-slot-world.js';
import { aTaskRequest } from '../../../support/a-task-request.js';

const config = aConfig({ arrivalJitterMs: 40, serviceTimeMaxMs: 5_000 });
const request = aTaskRequest({ operation: 'bookOrder' });
const ready = {
  kind: 'call',
  request,
  operation: anOperation({ effect: 'once', timeoutMs: 3_000 }),
} as const;

const KEY = { operation: 'bookOrder', idempotencyKey: 'key-call-1' };
const entry = aLedgerEntry({ revision: 'slot-1/1', doneByMs: instant(10_000) });
const ONCE = { kind: 'once', key: KEY, entry } as const;
const IDEMPOTENT = { kind: 'idempotent' } as const;

/** The timeout, the service time and the jitter. */
const RUNS_MS = 8_040;

/** `hiddenForMs`: until when its message stays hidden, from the start on. */
const at = (nowMs: number, hiddenForMs = 10_000) => ({
  nowMs: instant(nowMs),
  hiddenUntilMs: instant(hiddenForMs),
  receiveCount: 1,
});

describe('a call that begins late', () => {
  it('is made while it must have ended when its entry says so', () => {
    expect(lateCall(config, ready, ONCE, at(10_000 - RUNS_MS))).toBeUndefined();
  });

  it('is not made a millisecond later: its message and its claim go back', () => {
    expect(lateCall(config, ready, ONCE, at(10_000 - RUNS_MS + 1))).toEqual({
      request,
      disposition: { kind: 'giveBack', delayMs: 0 },
      change: { key: KEY, expected: 'slot-1/1', entry: undefined },
    });
  });

  it('is made until its deadline, and then fails its task and leaves no claim', () => {
    const request = aTaskRequest({ operation: 'bookOrder', deadline: new Date(instant(500)).toISOString() });

    expect(lateCall(config, { ...ready, request }, ONCE, at(499))).toBeUndefined();
    expect(lateCall(config, { ...ready, request }, ONCE, at(500))).toEqual({
      request,
      disposition: {
        kind: 'failTask',
        failure: {
          error: 'Orchestrator.DeadlineExceeded',
          cause: `deadline ${new Date(instant(500)).toISOString()} passed before the call could start; it was not made`,
        },
      },
      change: { key: KEY, expected: 'slot-1/1', entry: undefined },
    });
    expect(lateCall(config, { ...ready, request }, IDEMPOTENT, at(500))).toMatchObject({
      disposition: { kind: 'failTask' },
    });
  });

  it('is made at any time where a repeat does no harm', () => {
    expect(lateCall(config, ready, IDEMPOTENT, at(60_000))).toBeUndefined();
  });

  it('is made, where order is kept, only while it must have ended when its message comes back', () => {
    const ordered = aConfig({ arrivalJitterMs: 40, serviceTimeMaxMs: 5_000, ordering: 'perKey' });

    expect(lateCall(ordered, ready, IDEMPOTENT, at(1_000, 1_000 + RUNS_MS))).toBeUndefined();
    expect(lateCall(ordered, ready, IDEMPOTENT, at(1_001, 1_000 + RUNS_MS))).toEqual({
      request,
      disposition: { kind: 'giveBack', delayMs: 0 },
    });
  });

  it('leaves nothing to take back where a repeat does no harm, but its message', () => {
    expect(takenBack(ready, IDEMPOTENT, 7_000)).toEqual({
      request,
      disposition: { kind: 'giveBack', delayMs: 7_000 },
    });
  });
});

describe('a slot that stands still between the claim and the call', () => {
  it('does not make the call, and takes its claim back', async () => {
    const world = aSlotWorld();
    world.send({ operation: 'bookOrder' });
    const sleepUntil = world.clock.sleepUntil.bind(world.clock);
    let frozen = false;
    world.clock.sleepUntil = async (instantMs) => {
      const stands = !frozen && world.journal.lines(/^ledger/).length === 1;
      frozen ||= stands;
      await sleepUntil(stands ? world.clock.nowMs() + 5_000 : instantMs);
    };

    await world.serve(aConfig());

    expect(world.journal.timed(/^(ledger|call|defer)/).slice(0, 4)).toEqual([
      '0: ledger key-call-1: started',
      '5000: ledger key-call-1: forgotten',
      '5000: defer call-1 by 0',
      '5000: ledger key-call-1: started',
    ]);
  });
});
