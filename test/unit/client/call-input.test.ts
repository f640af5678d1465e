import { acceptCall, isSameCall } from '../../../client/call-input.js';
import type { Call } from '../../../client/calls.js';
import { InvalidCallError } from '../../../client/errors.js';

const operations = { chargeCard: { effect: 'once' }, getOrder: { effect: 'idempotent' } } as const;

function refusalOf(call: Call): InvalidCallError {
  try {
    acceptCall(call, operations, 0);
  } catch (error) {
    if (error instanceof InvalidCallError) return error;
    throw error;
  }
  throw new Error('the call was accepted');
}

describe('acceptCall', () => {
  it('names every fault at once', () => {
    const { faults, message } = refusalOf({
      operation: 'chargeCard',
      tenant: '',
      deadline: new Date(NaN),
      executionName: 'not a name',
    });

    expect(faults).toEqual([
      'idempotencyKey: missing; add a key of your business, because chargeCard must not be done twice',
      'tenant: expected a text of 1 to 128 characters',
      'deadline: expected an ISO 8601 instant such as 2030-01-31T12:00:00Z but got null',
      'executionName: expected 1 to 80 characters A-Z, a-z, 0-9, - and _ but got not a name',
    ]);
    expect(message).toBe(`the call was not started: ${faults.join('; ')}`);
  });

  it('refuses to wait for longer than an execution lives', () => {
    expect(refusalOf({ operation: 'getOrder', notBefore: new Date(400 * 86_400_000) }).faults).toEqual([
      expect.stringMatching(/^notBefore: expected an instant at most 350 days from now/),
    ]);
  });

  it('refuses an operation that is not configured', () => {
    expect(refusalOf({ operation: 'refund' }).faults).toEqual([
      'operation: expected one of chargeCard, getOrder but got refund',
    ]);
  });

  it('leaves operations that it does not know to the state machine', () => {
    expect(acceptCall({ operation: 'refund' }, undefined, 0)).toEqual({
      name: undefined,
      input: '{"operation":"refund"}',
    });
  });

  it('refuses a payload that is no JSON, with the cause', () => {
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;

    for (const payload of [circle, 7n]) {
      const refusal = refusalOf({ operation: 'getOrder', payload });
      expect(refusal.faults).toEqual([
        'payload: expected a value that can be written as JSON, without circles and BigInt',
      ]);
      expect(refusal.cause).toBeInstanceOf(Error);
    }
  });

  it('refuses a payload that is too large, without quoting it', () => {
    expect(refusalOf({ operation: 'getOrder', payload: 'x'.repeat(245_759) }).faults).toEqual([
      'payload: expected at most 245760 bytes of JSON but got 245761',
    ]);
  });
});

describe('isSameCall', () => {
  const call = { operation: 'getOrder', idempotencyKey: 'k', payload: { a: 1, b: 2 } };

  it('takes no notice of priority, deadline and the order of fields', () => {
    const later = { ...call, payload: { b: 2, a: 1 }, priority: 'HIGH', deadline: '2030-01-31T12:00:00Z' };

    expect(isSameCall(JSON.stringify(later), JSON.stringify(call))).toBe(true);
  });

  it.each([
    { operation: 'other' },
    { payload: { a: 1 } },
    { tenant: 'north' },
    { orderingKey: 'o' },
    { idempotencyKey: 'j' },
  ])('tells a call with another %j', (difference) => {
    expect(isSameCall(JSON.stringify({ ...call, ...difference }), JSON.stringify(call))).toBe(false);
  });

  it('is never so where the input cannot be read', () => {
    expect(isSameCall(undefined, JSON.stringify(call))).toBe(false);
  });
});
