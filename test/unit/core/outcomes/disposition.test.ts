import { dispositionOf, failTask } from '../../../../lambdas/core/outcomes/disposition.js';
import type { LegacyOutcome } from '../../../../lambdas/core/outcomes/legacy-outcome.js';

const FIRST = { attempt: 0, mayDefer: true, keepsPlace: false };

const failureOf = (outcome: LegacyOutcome) => dispositionOf(outcome, FIRST);

describe('dispositionOf', () => {
  it('resumes the task with the result', () => {
    expect(dispositionOf({ kind: 'succeeded', outputJson: '7' }, FIRST)).toEqual({
      kind: 'succeedTask',
      outputJson: '7',
    });
  });

  it('gives a throttled message back and closes the gate for as long as the legacy API asks', () => {
    const disposition = dispositionOf({ kind: 'throttled', retryAfterMs: 7_000 }, FIRST);

    expect(disposition).toEqual({ kind: 'giveBack', delayMs: 7_000, gateMs: 7_000 });
  });

  it('closes the gate for a second where the legacy API names no time', () => {
    const disposition = dispositionOf({ kind: 'throttled', retryAfterMs: undefined }, FIRST);

    expect(disposition).toMatchObject({ delayMs: 1_000, gateMs: 1_000 });
  });

  it('closes the gate for 15 minutes at most, and then asks again', () => {
    const disposition = dispositionOf({ kind: 'throttled', retryAfterMs: 86_400_000 }, FIRST);

    expect(disposition).toMatchObject({ delayMs: 900_000, gateMs: 900_000 });
  });

  it('closes the gate also where a throttled message must not be given back, and fails its task', () => {
    const disposition = dispositionOf(
      { kind: 'throttled', retryAfterMs: 7_000 },
      { attempt: 0, mayDefer: false, keepsPlace: false },
    );

    expect(disposition).toMatchObject({
      kind: 'failTask',
      failure: { error: 'LegacyApi.Unavailable' },
      gateMs: 7_000,
    });
  });

  it.each<[LegacyOutcome, string]>([
    [{ kind: 'unavailable', reason: 'ECONNREFUSED' }, 'LegacyApi.Unavailable'],
    [{ kind: 'outcomeUnknown', reason: 'ECONNRESET' }, 'LegacyApi.OutcomeUnknown'],
    [{ kind: 'rejected', status: 422, bodyExcerpt: 'no such order' }, 'LegacyApi.Rejected'],
    [{ kind: 'notFound', status: 404 }, 'LegacyApi.Rejected'],
    [{ kind: 'responseTooLarge', status: 200 }, 'LegacyApi.ResponseTooLarge'],
  ])('fails the task by type: %j', (outcome, error) => {
    expect(failureOf(outcome)).toMatchObject({ kind: 'failTask', failure: { error } });
  });

  it('tells the workflow what was refused', () => {
    const disposition = failureOf({ kind: 'rejected', status: 422, bodyExcerpt: 'no such order' });

    expect(disposition).toMatchObject({ failure: { cause: 'status 422: no such order' } });
  });
});

describe('a task that failed because the legacy API was unavailable', () => {
  const after = (attempt: number) =>
    dispositionOf(
      { kind: 'unavailable', reason: 'ECONNREFUSED' },
      { attempt, mayDefer: true, keepsPlace: false },
    );

  it.each([
    [0, 2_000],
    [1, 4_000],
    [6, 128_000],
    [7, 256_000],
  ])('is looked for again when the workflow repeats it: attempt %i after %i ms', (attempt, ringAfterMs) => {
    expect(after(attempt)).toMatchObject({ kind: 'failTask', ringAfterMs });
  });

  it('is not looked for again when the workflow has given up', () => {
    const failure = { error: 'LegacyApi.Unavailable', cause: 'ECONNREFUSED; a repeat does no harm' };

    expect(after(8)).toEqual({ kind: 'failTask', failure });
  });
});

describe('a call that was not executed, of a message that keeps its place', () => {
  const after = (attempt: number, mayDefer = true) =>
    dispositionOf({ kind: 'unavailable', reason: 'ECONNREFUSED' }, { attempt, mayDefer, keepsPlace: true });

  it.each([
    [0, 2_000],
    [7, 256_000],
    [8, 300_000],
  ])('is given back, for as long as the workflow would wait: attempt %i for %i ms', (attempt, delayMs) => {
    expect(after(attempt)).toEqual({ kind: 'giveBack', delayMs });
  });

  it('fails once it may not be given back again, and nobody looks for a repeat', () => {
    expect(after(3, false)).toEqual({
      kind: 'failTask',
      failure: { error: 'LegacyApi.Unavailable', cause: 'ECONNREFUSED; a repeat does no harm' },
    });
  });
});

describe('failTask', () => {
  it('cuts a cause to what Step Functions takes', () => {
    const disposition = failTask('LegacyApi.Rejected', 'x'.repeat(40_000));

    expect(disposition).toMatchObject({ failure: { cause: 'x'.repeat(32_768) } });
  });
});
