import { capacityPlan } from '../../../../lambdas/core/planning/capacity-plan.js';
import type { CapacityPlan } from '../../../../lambdas/core/planning/plan.js';
import { demandWarnings } from '../../../../lambdas/core/planning/warnings-of-demand.js';
import { quotaWarnings } from '../../../../lambdas/core/planning/warnings-of-quotas.js';
import { timeWarnings } from '../../../../lambdas/core/planning/warnings-of-times.js';
import { warningsOf } from '../../../../lambdas/core/planning/warnings.js';
import { aDemand, aPlanInput } from '../../../support/a-plan-input.js';

// Goal: every warning says, to the word, what is wrong, by how much, and what to do.
// Method: one plan without warnings, in which one number after another is replaced.

let sound: CapacityPlan;
let chosen: CapacityPlan['chosen'];
let configured: CapacityPlan['recommended'];
let input: CapacityPlan['input'];

beforeEach(() => {
  sound = capacityPlan(aPlanInput());
  ({ chosen, input, recommended: configured } = sound);
});

const withDemand = (demand: CapacityPlan['input']['demand'], more: Partial<CapacityPlan['chosen']> = {}) => ({
  ...sound,
  input: { ...input, demand },
  chosen: { ...chosen, capacityPerSecond: 2, drainMs: 0, ...more },
});

const waiting = (p99Ms: number) => ({
  duringBatch: { HIGH: { p50Ms: 1, p99Ms, grows: false }, NORMAL: undefined, BATCH: undefined },
  withoutBatch: { HIGH: undefined, NORMAL: undefined, BATCH: undefined },
});

describe('a plan that is sound', () => {
  it('has nothing to warn of', () => {
    expect(warningsOf(sound)).toEqual([]);
    expect(timeWarnings({ ...sound, configured })).toEqual([]);
  });
});

describe('a demand above the limit', () => {
  it('is told with its arithmetic, and how fast the backlog grows', () => {
    expect(demandWarnings(withDemand(aDemand({ high: 1, normal: 1.5, batch: 0 })))[0]).toBe(
      'The demand exceeds what 2 slots can call: HIGH 1/s + NORMAL 1.5/s = 2.5/s, but only 2/s can be made. The backlog grows by 43,200 calls a day, until tasks time out. Ask for a higher limit, or send less.',
    );
  });

  it('counts BATCH over the day', () => {
    expect(demandWarnings(withDemand(aDemand({ high: 1, normal: 0.5, batch: 86_400 })))[0]).toBe(
      'The demand exceeds what 2 slots can call: HIGH 1/s + NORMAL 0.5/s + BATCH 1/s (86,400 a day) = 2.5/s, but only 2/s can be made. The backlog grows by 43,200 calls a day, until tasks time out. Ask for a higher limit, or send less.',
    );
  });

  it('is none where all of it can just be called', () => {
    expect(demandWarnings(withDemand(aDemand({ high: 1, normal: 1, batch: 0 })))).toEqual([]);
    expect(demandWarnings(withDemand(aDemand({ high: 1, normal: 0.5, batch: 43_200 })))).toEqual([]);
  });
});

describe('a class that gets less than it asks for', () => {
  it('is told its part, and what to change', () => {
    const [, ...warnings] = demandWarnings(withDemand(aDemand({ high: 1, normal: 1.5, batch: 0 })));

    expect(warnings).toEqual([
      'NORMAL gets less than it asks for: 1/s of 1.5/s, 50 % of the turns. Its wait grows without limit; raise its minimum share, or send less as HIGH and NORMAL.',
    ]);
  });

  it('starves where its minimum share is all it gets', () => {
    const [, ...warnings] = demandWarnings(withDemand(aDemand({ high: 3, normal: 0.5, batch: 0 })));

    expect(warnings).toEqual([
      'HIGH gets less than it asks for: 1.9/s of 3/s, 95 % of the turns. Its wait grows without limit; lower the minimum shares of NORMAL and BATCH, or send less as HIGH.',
      'NORMAL starves at its minimum share: 0.1/s of 0.5/s, 5 % of the turns. Its wait grows without limit; raise its minimum share, or send less as HIGH and NORMAL.',
    ]);
  });

  it('is told apart while BATCH is served', () => {
    expect(demandWarnings(withDemand(aDemand({ high: 1.95, normal: 0, batch: 1 })))).toEqual([
      'HIGH gets less than it asks for while BATCH is served: 1.9/s of 1.95/s, 95 % of the turns. Its wait grows without limit; lower the minimum shares of NORMAL and BATCH, or send less as HIGH.',
    ]);
  });
});

describe('a class without a share', () => {
  const shareless = (demand: CapacityPlan['input']['demand']) =>
    demandWarnings({
      ...withDemand(demand),
      input: { ...input, demand, minShares: { HIGH: 0, NORMAL: 0, BATCH: 0 } },
    });

  it('is told that it may not be served at all', () => {
    expect(shareless(aDemand({ high: 0.1, normal: 0.1, batch: 10 }))).toEqual([
      'NORMAL has no minimum share: whenever the classes above it fill the limit, it is not served at all. Give it at least 0.01.',
      'BATCH has no minimum share: whenever the classes above it fill the limit, it is not served at all. Give it at least 0.01.',
    ]);
  });

  it('needs none where nothing comes', () => {
    expect(shareless(aDemand({ high: 0.1, normal: 0, batch: 0 }))).toEqual([]);
  });
});

describe('a BATCH that is not done by morning', () => {
  const late = (drainMs: number) => ({
    ...withDemand(aDemand({ high: 0.1, normal: 0.1, batch: 40_000 }), { drainMs }),
    backlog: [
      { atMs: 0, HIGH: 0, NORMAL: 0, BATCH: 40_000 },
      { atMs: input.nightMs, HIGH: 0, NORMAL: 0, BATCH: 10_000.5 },
    ],
  });

  it('is told what is done and what is left', () => {
    expect(demandWarnings(late(11 * 3_600_000))).toEqual([
      'BATCH is not done by morning: it takes 11 h, but the night has 8 h. HIGH and NORMAL leave room for 29,999 of 40,000 calls; 10,001 would be left. Start earlier, send less, or ask for a higher limit.',
    ]);
  });

  it('is told that it never ends where it does not', () => {
    expect(demandWarnings(late(Infinity))[0]).toContain('it never ends, but the night has 8 h.');
  });

  it('is none that takes the whole night', () => {
    expect(demandWarnings(late(input.nightMs))).toEqual([]);
  });
});

describe('a demand above a quota', () => {
  const quotaOf = (calls: number, days = 1) => ({
    ...input,
    demand: aDemand({ high: 0.02, normal: 0.05, batch: 5_000 }),
    limits: [{ calls, windowMs: days * 86_400_000 }],
  });

  it('is told what is asked for and what can be made', () => {
    expect(quotaWarnings(quotaOf(10_000))).toEqual([
      'The demand exceeds the quota of 10,000 calls per 1 d: HIGH 0.02/s, NORMAL 0.05/s and BATCH 5,000 a night ask for 11,048 calls in 1 d, of which 9,795 can be made, because the quota is counted 2 % too strictly. While it is spent every class waits, HIGH too. Ask for a higher quota, or send less.',
    ]);
  });

  it('is none where a window asks for no more than can be made', () => {
    // 49 / 48 of 11,048.
    expect(quotaWarnings(quotaOf(11_279))).toEqual([]);
    expect(quotaWarnings(quotaOf(11_278))).toHaveLength(1);
  });

  it('bounds the capacity instead where it renews within a night', () => {
    expect(quotaWarnings({ ...quotaOf(10), limits: [{ calls: 10, windowMs: input.nightMs }] })).toEqual([]);
  });
});

describe('a configured time', () => {
  const times = (taskTimeoutSeconds: number, ageObjectiveSeconds: number) => ({
    ...sound,
    chosen: { ...chosen, waits: waiting(90_000) },
    configured: {
      ...configured,
      priorities: {
        ...configured.priorities,
        HIGH: { minShareRatio: 0.5, taskTimeoutSeconds, ageObjectiveSeconds },
      },
    },
  });

  it('after which tasks time out unserved is told with the wait, and what to set', () => {
    expect(timeWarnings(times(90, 91))).toEqual([
      `HIGH tasks time out before they are served: taskTimeoutSeconds is 90 (1.5 min), but the predicted wait is 1.5 min (p99). Set it to ${sound.recommended.priorities.HIGH.taskTimeoutSeconds}.`,
    ]);
  });

  it('that is missed as a rule is told so, and what to set', () => {
    expect(timeWarnings(times(91, 90))).toEqual([
      `HIGH misses its age objective as a rule: ageObjectiveSeconds is 90, but the predicted wait is 1.5 min (p99). Set it to ${sound.recommended.priorities.HIGH.ageObjectiveSeconds}, or plan for less demand.`,
    ]);
  });

  it('that is longer than the wait is sound', () => {
    expect(timeWarnings(times(91, 91))).toEqual([]);
  });

  it('that cuts off more than one answer in a hundred is told so', () => {
    const cut = (operationTimeoutMs: number) =>
      timeWarnings({ ...sound, configured: { ...configured, operationTimeoutMs } });

    expect(cut(1_500)).toEqual([
      "More than one call in a hundred is given up before its answer: the operations' timeoutMs is 1500 at most, and the API's p99 is 1.5 s. Set it to 6000.",
    ]);
    expect(cut(1_501)).toEqual([]);
  });

  it('is not asked for where there is no configuration', () => {
    const slow = { ...sound, chosen: { ...chosen, waits: waiting(1e9) }, configured: undefined };

    expect(timeWarnings(slow)).toEqual([]);
  });
});

describe('a number of slots', () => {
  it('that some call of a window cannot serve is told', () => {
    expect(warningsOf({ ...sound, input: { ...input, slots: 101 } })).toEqual([
      '101 slots are more than the 100 calls that the limit allows per 1 min: some slots would never call. Use at most 100; everything here is for 2.',
    ]);
    expect(warningsOf({ ...sound, input: { ...input, slots: 100 } })).toEqual([]);
  });

  it('that the API does not bear in flight is told', () => {
    expect(warningsOf({ ...sound, input: { ...input, slots: 3, inFlightMax: 2 } })).toEqual([
      '3 slots are more calls in flight than the 2 that the API bears. Use at most 2.',
    ]);
    expect(warningsOf({ ...sound, input: { ...input, slots: 2, inFlightMax: 2 } })).toEqual([]);
  });

  it('that cannot reach the limit is told, and how many would', () => {
    const slow = { ...chosen, limitUsedRatio: 0.85, holdMs: 258, slots: 1 };

    expect(warningsOf({ ...sound, chosen: slow, best: { ...chosen, limitUsedRatio: 0.95 } })).toEqual([
      "1 slot can use only 85 % of the limit: the hold of 258 ms is far below the API's p99 of 1.5 s, so slots wait for answers instead. 2 slots would use 95 %.",
    ]);
    expect(warningsOf({ ...sound, chosen: slow, best: slow })[0]).toMatch(
      /instead\. No number of slots does better: the limit leaves each of them too little time\.$/,
    );
    expect(warningsOf({ ...sound, chosen: { ...chosen, limitUsedRatio: 0.9 } })).toEqual([]);
  });

  it('that stays bunched is told, against the best', () => {
    const bunched = (slots: number, p99Ms: number) =>
      warningsOf({
        ...sound,
        chosen: { ...chosen, slots, holdMs: 15_008, waits: waiting(p99Ms) },
        best: { ...chosen, waits: waiting(2_000) },
      });

    expect(bunched(50, 9_000)).toEqual([
      'HIGH waits up to 9 s (p99) with 50 slots, against 2 s with 2 slots: slots that start together with a hold of 15 s stay bunched together.',
    ]);
    expect(bunched(50, 3_000)).toEqual([]);
    expect(bunched(2, 9_000)).toEqual([]);
  });

  it('that leaves the account too little is told', () => {
    const inAccount = (concurrencyQuota: number) =>
      warningsOf({ ...sound, input: { ...input, concurrencyQuota } });

    expect(inAccount(101)).toEqual([
      'Reserving 2 slots needs a concurrency quota of at least 2 + 100 unreserved = 102, but the account has 101. Ask AWS to raise it, or deployment fails.',
    ]);
    expect(inAccount(102)).toEqual([]);
  });
});
