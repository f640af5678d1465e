import { parseControlRecord } from '../../../../lambdas/core/contracts/control-record.js';

describe('parseControlRecord', () => {
  it('reads an absent record as open', () => {
    expect(parseControlRecord({ limits: undefined, paused: undefined, gateUntilMs: undefined })).toEqual({
      paused: [],
      gateUntilMs: 0,
      gateVersion: 0,
    });
  });

  it('reads every field as it is stored', () => {
    const fields = {
      limits: '[{"calls":5,"windowMs":1000}]',
      paused: ['BATCH', 'NORMAL'],
      gateUntilMs: '1893456000000',
      slowdown: { ratio: '0.25', sinceMs: '1893456000001' },
      breaker: { opens: '2', untilMs: '1893456000002' },
      gateVersion: '7',
    };

    expect(parseControlRecord(fields)).toEqual({
      limits: [{ calls: 5, windowMs: 1_000 }],
      paused: ['BATCH', 'NORMAL'],
      gateUntilMs: 1_893_456_000_000,
      slowdown: { ratio: 0.25, sinceMs: 1_893_456_000_001 },
      breaker: { opens: 2, untilMs: 1_893_456_000_002 },
      gateVersion: 7,
    });
  });

  it('reads the smallest limit, and a gate that is a number', () => {
    const fields = { limits: '[{"calls":1,"windowMs":1}]', gateUntilMs: 7 };

    expect(parseControlRecord(fields)).toEqual({
      limits: [{ calls: 1, windowMs: 1 }],
      paused: [],
      gateUntilMs: 7,
      gateVersion: 0,
    });
  });

  it.each([
    ['no slowdown any more', { slowdown: { ratio: 1, sinceMs: 0 } }],
    ['a standstill', { slowdown: { ratio: 0, sinceMs: 0 } }],
    ['a breaker that opened once', { breaker: { opens: 1, untilMs: 0 } }],
  ])('reads %s', (_what, fields) => {
    expect(parseControlRecord(fields)).toMatchObject(fields);
  });

  it.each([
    ['limits that are not JSON', { limits: '5 per second' }],
    ['a limit without calls', { limits: '[{"calls":0,"windowMs":1000}]' }],
    ['a limit without a window', { limits: '[{"calls":5}]' }],
    ['a limit of half a call', { limits: '[{"calls":0.5,"windowMs":1000}]' }],
    ['a limit without time', { limits: '[{"calls":5,"windowMs":0}]' }],
    ['a limit of half a millisecond more', { limits: '[{"calls":5,"windowMs":1.5}]' }],
    ['a class that nobody knows', { paused: ['URGENT'] }],
    ['a gate that is not an instant', { gateUntilMs: 'tomorrow' }],
    ['a gate that never opens', { gateUntilMs: 'Infinity' }],
    ['a slowdown that would be a speed-up', { slowdown: { ratio: '1.5', sinceMs: '0' } }],
    ['a slowdown without a beginning', { slowdown: { ratio: '0.5' } }],
    ['a breaker that never opened', { breaker: { opens: '0', untilMs: '0' } }],
    ['a slowdown below a standstill', { slowdown: { ratio: '-0.5', sinceMs: '0' } }],
    ['a breaker that opened half a time', { breaker: { opens: '1.5', untilMs: '0' } }],
    ['a breaker without an end', { breaker: { opens: '1' } }],
    ['half a version', { gateVersion: '0.5' }],
    ['a version that is not a count', { gateVersion: '-1' }],
  ])('refuses %s', (_what, fields) => {
    expect(() => parseControlRecord(fields)).toThrow();
  });
});
