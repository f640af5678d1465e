import type { Pace } from './pace.js';

export type Admission =
  /** No more slots than allowed can weigh on the legacy API, this one included. */
  | { readonly kind: 'enter' }
  /** A slot died: its call may still run and its hold is not over. Both are, once this much time has passed. */
  | { readonly kind: 'enterAfter'; readonly delayMs: number }
  /** Slots of a configuration with another number of slots still serve; waiting cannot tell them from dead ones. */
  | { readonly kind: 'leave' };

/**
 * Whether a new invocation may start calls, given the slot records that it found beside its own.
 *
 * Reserved concurrency lets at most C invocations live. Fewer than C others: all of them together are at most C.
 * C others or more: at least one of them is dead, and it died before this invocation began, so that its hold and
 * its call are over `crashWaitMs` from now.
 *
 * @param resting paces of slots that have ended, but whose calls still lie within a window: they take no slot, but
 * until the window has passed there may be no more slots than they were.
 */
export function admit(
  own: Pace,
  others: readonly Pace[],
  crashWaitMs: number,
  resting: readonly Pace[] = [],
): Admission {
  const shown = [...others, ...resting];
  const slots = Math.min(own.slots, ...shown.map((other) => other.slots));
  if (others.length < slots) return { kind: 'enter' };
  const sameSlots = shown.every((other) => other.slots === own.slots);
  return sameSlots ? { kind: 'enterAfter', delayMs: crashWaitMs } : { kind: 'leave' };
}
