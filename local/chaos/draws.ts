import { drawFor } from '../legacy-api/nasty/api-faults.js';

/** When an execution is to be stopped. */
export type Stop = { readonly kind: 'whileWaiting'; readonly afterMs: number } | { readonly kind: 'inCall' };

/** Six executions in a hundred: enough to see both kinds, with most of the run still flowing. */
const STOPPED_WHILE_WAITING_RATIO = 0.04;
const STOPPED_IN_CALL_RATIO = 0.02;

/** The larger part of a run's BATCH work waits longer than this; HIGH work is often done before. */
const STOPPED_WITHIN_MS = 6_000;

/** Whether and when this execution is stopped: the same for the same seed. */
export function stopOf(seed: number, execution: string): Stop | undefined {
  const random = drawFor(seed, `stop ${execution}`);
  const drawn = random();
  if (drawn < STOPPED_IN_CALL_RATIO) return { kind: 'inCall' };
  if (drawn >= STOPPED_IN_CALL_RATIO + STOPPED_WHILE_WAITING_RATIO) return undefined;
  return { kind: 'whileWaiting', afterMs: Math.round(random() * STOPPED_WITHIN_MS) };
}

/** How a message comes a second time. `copy`: with a receive count of 1. `shownAgain`: the same message, early. */
export type Duplicate = 'copy' | 'shownAgain';

/** Far above what SQS does; each costs a receive and a probe, no more where all is well. */
const COPIED_RATIO = 0.04;
const SHOWN_AGAIN_RATIO = 0.04;

/** Whether this delivery of an execution's messages, counted from 1, is followed by another: the same for the same seed. */
export function duplicateOf(seed: number, execution: string, delivery: number): Duplicate | undefined {
  const drawn = drawFor(seed, `delivery ${delivery} of ${execution}`)();
  if (drawn < COPIED_RATIO) return 'copy';
  return drawn < COPIED_RATIO + SHOWN_AGAIN_RATIO ? 'shownAgain' : undefined;
}

/**
 * A killed worker's place is taken again after the API's longest call, so more kills would leave no slot at work; and
 * a run of 500 calls sees about ten.
 */
const KILL_AFTER_LEAST_MS = 3_000;
const KILL_AFTER_MOST_MS = 7_000;

/** How long after the start, or after the kill before it, the nth kill comes: the same for the same seed. */
export function killAfterMs(seed: number, nth: number): number {
  const drawn = drawFor(seed, `kill ${nth}`)();
  return Math.round(KILL_AFTER_LEAST_MS + drawn * (KILL_AFTER_MOST_MS - KILL_AFTER_LEAST_MS));
}

/** Half of the load may not be repeated blindly, a quarter each is created and read. */
const OPERATIONS = ['chargeCard', 'createOrder', 'chargeCard', 'getOrder'] as const;

export type ChaosOperation = (typeof OPERATIONS)[number];

/** What the execution asks for. Names end in their number within their class, so every class asks for everything. */
export function operationOf(execution: string): ChaosOperation {
  const number = Number(/\d+$/.exec(execution)?.[0] ?? 0);
  return OPERATIONS[number % OPERATIONS.length] ?? 'createOrder';
}

/** Whether a repeat of this execution's call does harm. */
export function isOnce(execution: string): boolean {
  return operationOf(execution) === 'chargeCard';
}
