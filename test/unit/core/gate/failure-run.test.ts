import { type EndedCall, FailureRun } from '../../../../lambdas/core/gate/failure-run.js';

const call = (callId: string, more: Partial<EndedCall> = {}): EndedCall => ({
  callId,
  operation: 'getOrder',
  outcome: 'unavailable',
  endMs: 0,
  ...more,
});

const runOf = (...calls: readonly EndedCall[]) =>
  calls.reduce((run, ended) => run.after(ended), new FailureRun());

const FOUR = ['a', 'b', 'c', 'd'].map((callId) => call(callId));

describe('a run of failures', () => {
  it('is enough after five calls in a row', () => {
    expect(runOf(...FOUR).isEnough(0)).toBe(false);
    expect(runOf(...FOUR, call('e')).isEnough(0)).toBe(true);
  });

  it('counts outcomes that nobody knows as well', () => {
    expect(runOf(...FOUR, call('e', { outcome: 'outcomeUnknown' })).isEnough(0)).toBe(true);
  });

  it('counts repeats of one call once', () => {
    expect(runOf(...FOUR, call('d'), call('d')).isEnough(0)).toBe(false);
  });

  it.each(['succeeded', 'rejected', 'responseTooLarge'] as const)(
    'is broken by a call that %s',
    (outcome) => {
      expect(runOf(...FOUR, call('x', { outcome }), call('e')).isEnough(0)).toBe(false);
    },
  );

  it('goes on after a refusal for the rate, which counts as neither', () => {
    const busy = call('x', { outcome: 'throttled' });

    expect(runOf(...FOUR, busy).isEnough(0)).toBe(false);
    expect(runOf(...FOUR, busy, call('e')).isEnough(0)).toBe(true);
  });

  it('of one operation is not enough while another one has worked within a minute', () => {
    const worked = call('x', { operation: 'bookOrder', outcome: 'succeeded', endMs: 1_000 });
    const run = runOf(worked, ...FOUR, call('e'));

    expect(run.isEnough(60_999)).toBe(false);
    expect(run.isEnough(61_000)).toBe(true);
  });

  it('of one operation is enough where only that one has worked before', () => {
    const worked = call('x', { outcome: 'succeeded' });

    expect(runOf(worked, ...FOUR, call('e')).isEnough(0)).toBe(true);
  });

  it('of several operations is enough whichever have worked', () => {
    const worked = call('x', { operation: 'bookOrder', outcome: 'succeeded' });
    const other = call('e', { operation: 'bookOrder' });

    expect(runOf(worked, ...FOUR, other).isEnough(0)).toBe(true);
  });

  it('begins again once it has been acted upon', () => {
    expect(
      runOf(...FOUR)
        .forgotten()
        .after(call('e'))
        .isEnough(0),
    ).toBe(false);
  });
});
