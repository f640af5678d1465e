import { claimantOf, isInLedger, keyOf, UNREADABLE } from '../../../../lambdas/core/ledger/claimant.js';
import { aConfig } from '../../../support/a-config.js';
import { aTaskRequest } from '../../../support/a-task-request.js';

const fingerprint = (text: string) => `<${text}>`;

/** An array in an array, and so on, deeper than any stack. */
function nested(depth: number): unknown {
  let value: unknown = [];
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
}

describe('a call in the ledger', () => {
  it('stands under its operation and its idempotency key, whoever asks for it', () => {
    const first = aTaskRequest({ callId: 'call-1', idempotencyKey: 'invoice-7', operation: 'bookOrder' });
    const again = aTaskRequest({ callId: 'call-2', idempotencyKey: 'invoice-7', operation: 'bookOrder' });

    expect(keyOf(first)).toEqual({ operation: 'bookOrder', idempotencyKey: 'invoice-7' });
    expect(keyOf(again)).toEqual(keyOf(first));
  });
});

describe('who asks the ledger', () => {
  it('is told by fingerprints of task token and payload, never by themselves', () => {
    const claimant = claimantOf(aTaskRequest({ payload: { order: 7 } }), fingerprint, 5_000);

    expect(claimant).toEqual({ task: '<token-of-call-1>', payload: '<{"order":7}>', nowMs: 5_000 });
  });

  it('asks for the same whatever the order of the fields of its payload', () => {
    const one = claimantOf(aTaskRequest({ payload: { order: 7, amount: 9 } }), fingerprint, 0);
    const other = claimantOf(aTaskRequest({ payload: { amount: 9, order: 7 } }), fingerprint, 0);

    expect(one).toEqual(other);
  });

  it('cannot be told where its payload is nested too deeply to be read', () => {
    const deep = { ...aTaskRequest(), payload: nested(100_000) };

    expect(claimantOf(deep, fingerprint, 0)).toBeUndefined();
  });

  it('is not taken for unreadable where the fingerprint itself fails', () => {
    const failing = () => {
      throw new TypeError('no such digest');
    };

    expect(() => claimantOf(aTaskRequest(), failing, 0)).toThrow('no such digest');
  });

  it('hears what to change where the payload cannot be read', () => {
    expect(UNREADABLE).toMatchObject({
      kind: 'failTask',
      failure: {
        error: 'Orchestrator.InvalidRequest',
        cause: 'payload: nested too deeply to be read; flatten it',
      },
    });
  });
});

describe('whether the ledger may know of a call', () => {
  const config = aConfig();

  it.each([
    ['a once call', { operation: 'bookOrder' }, true],
    ['an idempotent call', { operation: 'getOrder' }, false],
    ['a lookup', { operation: 'getOrder', lookup: true as const }, true],
    ['a call of an operation that is no longer configured', { operation: 'dropOrder' }, true],
  ])('%s', (_, more, expected) => {
    expect(isInLedger(config, aTaskRequest(more))).toBe(expected);
  });
});
