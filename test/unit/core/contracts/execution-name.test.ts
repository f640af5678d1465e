import fc from 'fast-check';
import { sha256 } from '../../../../lambdas/adapters/sha-256.js';
import {
  executionArn,
  executionNameOf,
  REQUESTED_BY_EVENT,
} from '../../../../lambdas/core/contracts/execution-name.js';
import { SEED } from '../../../support/seed.js';

const nameOf = (operation: string, idempotencyKey: string) =>
  executionNameOf({ operation, idempotencyKey }, sha256);

const call = fc.tuple(
  fc.stringMatching(/^[A-Za-z][A-Za-z0-9_.-]{0,20}$/),
  fc.stringMatching(/^[\x21-\x7e]{1,256}$/),
);

describe('executionArn', () => {
  it('is that of an execution of the state machine', () => {
    expect(executionArn('arn:aws:states:eu-west-1:123456789012:stateMachine:Call', 'order-7')).toBe(
      'arn:aws:states:eu-west-1:123456789012:execution:Call:order-7',
    );
  });
});

describe(`executionNameOf (SEED=${SEED})`, () => {
  it('begins with the key, so that people find it', () => {
    expect(nameOf('createInvoice', 'invoice-2031/7')).toMatch(/^invoice-2031_7-[0-9a-f]{32}$/);
  });

  it('is the same for the same call, whoever asks', () => {
    expect(nameOf('createInvoice', 'invoice-1')).toBe('invoice-1-de9388087baa7a4cd0326dc33da98c21');
  });

  it('is a name that Step Functions takes, whatever the key', () => {
    fc.assert(
      fc.property(call, ([operation, key]) => {
        expect(nameOf(operation, key)).toMatch(/^[A-Za-z0-9_-]{1,80}$/);
      }),
      { seed: SEED },
    );
  });

  it('takes as much of the key as there is room for', () => {
    expect(nameOf('createInvoice', 'k'.repeat(47))).toMatch(/^k{47}-[0-9a-f]{32}$/);
    expect(nameOf('createInvoice', 'k'.repeat(200))).toMatch(/^k{47}-[0-9a-f]{32}$/);
  });

  it('is never one that an event has requested, whatever the key', () => {
    expect(REQUESTED_BY_EVENT).toBe('event-');
    expect(nameOf('createInvoice', 'event-4711')).toMatch(/^event_4711-[0-9a-f]{32}$/);
    expect(nameOf('createInvoice', 'event')).toMatch(/^event_[0-9a-f]{32}$/);
    expect(nameOf('createInvoice', 'event/1')).toMatch(/^event_1-/);
    expect(nameOf('createInvoice', 'events-1')).toMatch(/^events-1-/);
  });

  it('differs where operation or key differ', () => {
    fc.assert(
      fc.property(call, call, (one, other) => {
        fc.pre(one.join(' ') !== other.join(' '));
        expect(nameOf(...one)).not.toBe(nameOf(...other));
      }),
      { seed: SEED },
    );
    expect(nameOf('a', 'b/c')).not.toBe(nameOf('a', 'b?c'));
    expect(nameOf('a-b', 'c')).not.toBe(nameOf('a', 'b-c'));
  });
});
