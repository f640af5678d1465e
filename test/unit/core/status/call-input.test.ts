import { inputOf } from '../../../../lambdas/core/status/call-input.js';

const ARN = 'arn:aws:states:eu-west-1:123456789012:execution:call:call 1';

describe('inputOf', () => {
  it('reads an input with the defaults of the state machine', () => {
    const input = { operation: 'getOrder', priority: 'BATCH', idempotencyKey: 'key-1', payload: 'secret' };

    expect(inputOf(JSON.stringify(input), ARN)).toEqual({
      ...{ operation: 'getOrder', priority: 'BATCH', idempotencyKey: 'key-1' },
    });
    expect(inputOf('{"operation":"getOrder"}', ARN)).toEqual({
      ...{ operation: 'getOrder', priority: 'NORMAL', idempotencyKey: encodeURI(ARN) },
    });
  });

  it.each(['null', '7', '"text"', '[]', '{}', undefined])('reads %s, which asks for nothing', (input) => {
    expect(inputOf(input, ARN)).toMatchObject({ operation: 'undefined', priority: 'NORMAL' });
  });
});
