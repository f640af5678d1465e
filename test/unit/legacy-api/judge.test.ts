import { Judge } from '../../../local/legacy-api/judge.js';

const perSecond = (calls: number) => ({ calls, windowMs: 1_000 });

describe('Judge', () => {
  it('counts a breaching call as a start, so that hammering prolongs the refusal', () => {
    const judge = new Judge({ limits: [perSecond(1)] });
    judge.arrive(0);

    expect(judge.arrive(900)).toEqual({ kind: 'overRate', limit: perSecond(1), retryAfterMs: 1_000 });
    expect(judge.arrive(1_800).kind).toBe('overRate');
    expect(judge.arrive(2_800)).toEqual({ kind: 'within' });
    expect(judge.figures()).toMatchObject({ calls: 4, worstWindowCalls: 2 });
  });

  it('asks for the longest wait when several rate limits are broken', () => {
    const judge = new Judge({ limits: [{ calls: 1, windowMs: 60_000 }, perSecond(1)] });
    judge.arrive(0);

    expect(judge.arrive(10)).toEqual({
      kind: 'overRate',
      limit: { calls: 1, windowMs: 60_000 },
      retryAfterMs: 60_000,
    });
  });

  it('reports the limit that came closest to its bound', () => {
    const judge = new Judge({ limits: [perSecond(10), { calls: 5, windowMs: 10_000 }] });

    [0, 1_000, 2_000, 3_000].forEach((atMs) => judge.arrive(atMs));

    expect(judge.figures()).toMatchObject({ worstWindowCalls: 4, limitCalls: 5, limitWindowMs: 10_000 });
  });

  it('has no window figures without a rate limit', () => {
    const judge = new Judge({ limits: [] });

    judge.arrive(7);

    expect(judge.figures()).toEqual({
      calls: 1,
      maxInFlight: 1,
      worstWindowCalls: null,
      limitCalls: null,
      limitWindowMs: null,
      responses429: 0,
      repeatedKeys: 0,
      firstStartMs: 7,
      lastStartMs: 7,
    });
  });

  it('judges the first call after a tightened limit together with the calls before it', () => {
    const judge = new Judge({ limits: [perSecond(3)] });
    [0, 100, 600].forEach((atMs) => judge.arrive(atMs));

    judge.setLimits({ limits: [{ calls: 2, windowMs: 500 }] });

    expect(judge.arrive(650).kind).toBe('within');
    expect(judge.arrive(790).kind).toBe('overRate');
  });

  it('remembers a breach of a limit that was replaced since', () => {
    const judge = new Judge({ limits: [perSecond(1)] });
    [0, 1, 2].forEach((atMs) => judge.arrive(atMs));

    judge.setLimits({ limits: [perSecond(100)] });
    judge.arrive(3);

    expect(judge.figures()).toMatchObject({ worstWindowCalls: 3, limitCalls: 1, limitWindowMs: 1_000 });
  });

  it('drops the cap on calls in flight when new limits have none', () => {
    const judge = new Judge({ limits: [], inFlightMax: 1 });
    judge.arrive(0);
    const capped = judge.arrive(1).kind;

    judge.setLimits({ limits: [] });

    expect(capped).toBe('overInFlight');
    expect(judge.arrive(2).kind).toBe('within');
  });

  it('counts every execution of a key beyond its first, and none without a key', () => {
    const judge = new Judge({ limits: [] });

    const repeats = ['a', 'b', 'a', null, null, 'a'].map((key) => judge.execute(key));

    expect(repeats).toEqual([false, false, true, false, false, true]);
    expect(judge.figures().repeatedKeys).toBe(2);
  });

  it('refuses arrivals that run backwards in time', () => {
    const judge = new Judge({ limits: [] });
    judge.arrive(10);

    expect(() => judge.arrive(9)).toThrow('arrivals are out of order: 9 ms after 10 ms');
  });

  it('refuses to finish a call that never arrived', () => {
    expect(() => new Judge({ limits: [] }).finish()).toThrow(
      'a call finished that never arrived: 0 are in flight',
    );
  });

  it('refuses limits with a list of every fault', () => {
    const limits = [
      { calls: 0, windowMs: 1 },
      { calls: 1, windowMs: Number.NaN },
    ];

    expect(() => new Judge({ limits, inFlightMax: 0.5 })).toThrow(
      /limits\[0\]\.calls is 0, .*limits\[1\]\.windowMs is NaN, .*inFlightMax is 0\.5/,
    );
  });
});
