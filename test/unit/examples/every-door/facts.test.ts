import { type Facts, formatFacts, violationsOf } from '../../../../examples/every-door/run/facts.js';

const DOOR = { door: 'event', asked: 4, called: 4, ended: 4, succeeded: 4, waitMsP50: 120, waitMsMax: 300 };

function aRun(more: Partial<Facts> = {}): Facts {
  return {
    doors: [DOOR, { ...DOOR, door: 'CSV file', asked: 6, called: 6, ended: 6, succeeded: 6 }],
    untried: {},
    file: { total: 6, succeeded: 6, failed: 0 },
    elapsedMs: 2_500,
    passed: {
      HIGH: { turns: 100, over: 12, expected: 10, most: 28 },
      NORMAL: { turns: 100, over: 6, expected: 5, most: 18.9 },
    },
    api: {
      ...{ calls: 10, maxInFlight: 2, worstWindowCalls: 9, limitCalls: 20, limitWindowMs: 1_000 },
      ...{ responses429: 0, repeatedKeys: 0, firstStartMs: 0, lastStartMs: 2_000 },
    },
    deadLettered: 0,
    workerInvocations: 3,
    slots: 2,
    ...more,
  };
}

describe('the facts of every-door', () => {
  it('find nothing to complain of in a run as it should be', () => {
    expect(violationsOf(aRun())).toEqual([]);
  });

  it.each<[string, Partial<Facts>]>([
    ['event: the API saw 3 of 4 calls', { doors: [{ ...DOOR, called: 3 }] }],
    ['event: 3 of 4 executions have ended', { doors: [{ ...DOOR, ended: 3 }] }],
    ['event: 3 of 4 executions succeeded', { doors: [{ ...DOOR, succeeded: 3 }] }],
    ['the API saw 11 calls; 10 were asked for', { api: { ...aRun().api, calls: 11 } }],
    ['21 calls started in one window, allowed are 20', { api: { ...aRun().api, worstWindowCalls: 21 } }],
    ['3 calls were in flight at once, allowed are 2', { api: { ...aRun().api, maxInFlight: 3 } }],
    ['the API answered 429 to 1 calls', { api: { ...aRun().api, responses429: 1 } }],
    ['1 calls were repeated', { api: { ...aRun().api, repeatedKeys: 1 } }],
    ['1 messages were dead-lettered', { deadLettered: 1 }],
    [
      'HIGH was passed over at 29 of 100 turns; the shares make 28.0 at most',
      { passed: { ...aRun().passed, HIGH: { turns: 100, over: 29, expected: 10, most: 28 } } },
    ],
  ])('say: %s', (sentence, more) => {
    expect(violationsOf(aRun(more))).toContain(sentence);
  });

  it('never pass over a door that was not tried', () => {
    const text = formatFacts(aRun({ untried: { 'aws command line': 'there is no aws on the PATH' } }));

    expect(text).toMatch(/aws command line +NOT TRIED: there is no aws on the PATH/);
  });
});
