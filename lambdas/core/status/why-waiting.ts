import { type ByPriority, byPriority, PRIORITIES, type Priority } from '../contracts/priority.js';
import type { Status } from './status.js';

/** What keeps the work of a class from being called for right now: the strongest reason alone. */
export type Reason =
  /** Nothing of the class waits. */
  | { readonly kind: 'none' }
  /** The limits in the control record are such that slots make no call. */
  | { readonly kind: 'limitsRefused' }
  | { readonly kind: 'paused' }
  /** No call starts until then. */
  | { readonly kind: 'maintenance'; readonly until: string | null }
  | { readonly kind: 'breakerOpen'; readonly until: string | null }
  | { readonly kind: 'gateClosed'; readonly until: string | null }
  | { readonly kind: 'quotaSpent' }
  /** No slot has a record: none has started yet, or all have died. */
  | { readonly kind: 'noSlot' }
  /** After refusals the API is called at this part of the rate, and the most urgent work has all the turns. */
  | { readonly kind: 'slowed'; readonly ratio: number }
  /** More urgent work waits too, and goes first. */
  | { readonly kind: 'behind'; readonly classes: readonly Priority[] }
  /** Every slot has a call in flight for longer than the limit asks for: the API itself sets the pace. */
  | { readonly kind: 'slowApi'; readonly serviceTimeMs: number }
  | { readonly kind: 'atTheLimit' }
  /** Fewer slots serve than may; more are being rung for. */
  | { readonly kind: 'fewSlots'; readonly slots: number };

/** What was measured beside the status, by whoever can. */
export interface Measured {
  /** How long the last calls took, in milliseconds; undefined where nobody knows. */
  readonly serviceTimeMs?: number | undefined;
}

/** Why each class waits. The first reason that applies to all slots comes before those of the class's place in line. */
export function whyWaiting(status: Status, measured: Measured = {}): ByPriority<Reason> {
  return byPriority((priority) => reasonFor(status, priority, measured));
}

function reasonFor(status: Status, priority: Priority, measured: Measured): Reason {
  const { classes, paused, limits, gate, slots, maintenance } = status;
  if (classes[priority].waiting === 0) return { kind: 'none' };
  if (limits.fault !== null) return { kind: 'limitsRefused' };
  if (paused.includes(priority)) return { kind: 'paused' };
  if (maintenance?.holdsCalls === true) return { kind: 'maintenance', until: maintenance.until };
  if (gate.state === 'breakerOpen') return { kind: 'breakerOpen', until: gate.until };
  if (limits.quotaCallsLeft === 0) return { kind: 'quotaSpent' };
  if (gate.state === 'closed') return { kind: 'gateClosed', until: gate.until };
  if (slots.records === 0) return { kind: 'noSlot' };
  const ahead = PRIORITIES.slice(0, PRIORITIES.indexOf(priority)).filter(
    (other) => classes[other].waiting > 0 && !paused.includes(other),
  );
  if (ahead.length > 0) return { kind: 'behind', classes: ahead };
  if (gate.state === 'slowed') return { kind: 'slowed', ratio: gate.ratio };
  if (slots.records < slots.most) return { kind: 'fewSlots', slots: slots.records };
  const { serviceTimeMs } = measured;
  if (serviceTimeMs !== undefined && serviceTimeMs > limits.holdMs) return { kind: 'slowApi', serviceTimeMs };
  return { kind: 'atTheLimit' };
}
