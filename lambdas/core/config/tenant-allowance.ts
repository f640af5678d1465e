import * as v from 'valibot';
import { type ByLane, type Lane, overflowOf, priorityOf } from '../contracts/lane.js';
import { byPriority, PRIORITIES, type Priority } from '../contracts/priority.js';
import { whole } from './schema-parts.js';

/** The most of a class's turns that its overflow may lead: beyond half of them it would come first. */
const OVERFLOW_SHARE_MAX = 0.5;

const OVERFLOW_SHARE_DEFAULT = 0.05;

export const tenantAllowanceSchema = v.strictObject({
  /** So many calls of one tenant in a window take their turn in the class's own queue; the rest waits in its overflow. */
  calls: whole(1, 1_000_000, 'calls'),
  /** Windows follow one another from the epoch on, the same for all tenants. */
  windowSeconds: whole(1, 86_400, 'seconds'),
  /** Share of the class's turns in which its overflow is asked first, whatever waits in its own queue. */
  overflowShareRatio: v.optional(
    v.pipe(
      v.number(),
      v.check(
        (ratio) => ratio > 0 && ratio <= OVERFLOW_SHARE_MAX,
        `a ratio above 0 and up to ${OVERFLOW_SHARE_MAX}`,
      ),
    ),
    OVERFLOW_SHARE_DEFAULT,
  ),
  /** Nothing is sent to the overflow any more, and what waits there is still served: the step before it is removed. */
  retiring: v.optional(v.boolean()),
});

export type TenantAllowance = v.InferOutput<typeof tenantAllowanceSchema>;

interface WithAllowances {
  readonly priorities: Readonly<Record<Priority, { readonly tenantAllowance?: TenantAllowance | undefined }>>;
}

/** The queues that slots take calls from, by urgency: one for each class, and an overflow for those with an allowance. */
export function lanesOf({ priorities }: WithAllowances): readonly Lane[] {
  return PRIORITIES.flatMap((priority) =>
    priorities[priority].tenantAllowance === undefined ? [priority] : [priority, overflowOf(priority)],
  );
}

/** One value for each of those queues. */
export function byLane<T>(config: WithAllowances, valueOf: (lane: Lane) => T): ByLane<T> {
  const overflows = lanesOf(config).filter((lane) => lane !== priorityOf(lane));
  return {
    ...byPriority(valueOf),
    ...Object.fromEntries(overflows.map((lane) => [lane, valueOf(lane)])),
  };
}

/** What a class with an allowance promises those who keep to it. */
export interface TenantBound {
  /** Calls of its class that go before any of theirs, whatever the others ask for. */
  readonly callsAheadMax: number;
  /** Their time, in milliseconds. */
  readonly waitMsMax: number;
}

/**
 * How long a call within its tenant's allowance waits at most, whatever other tenants ask for; undefined where nothing
 * can be promised, because so many tenants may together ask for more than the class is served with.
 *
 * In any span of time t the n tenants send at most n * k * (t / w + 2) calls within their allowance of k calls in w
 * seconds: t touches that many windows, since a window may end as it begins. While any of them waits, the class's own
 * queue is served at m * (1 - s) calls a second, s being the overflow's share. Where n * k / w is no more than that, what
 * came in since the queue was last empty exceeds what was served by 2 * n * k at most.
 *
 * Assumed: all of the class's calls bear a tenant and were counted; a call that is repeated after a failure counts once
 * more; shares hold on average, not in each second; and SQS, which keeps no strict order, takes no later call before an
 * earlier one. Beside it come the calls in flight when the first of them arrived, one for each slot, and what misses of
 * short polls let through.
 *
 * @param tenants n: how many are busy at the same time
 * @param callsPerSecond m: what the class is served with while it has work
 */
export function tenantBound(
  { calls, windowSeconds, overflowShareRatio }: TenantAllowance,
  { tenants, callsPerSecond }: { readonly tenants: number; readonly callsPerSecond: number },
): TenantBound | undefined {
  const servedPerSecond = callsPerSecond * (1 - overflowShareRatio);
  if ((tenants * calls) / windowSeconds > servedPerSecond) return undefined;
  const callsAheadMax = 2 * tenants * calls;
  return { callsAheadMax, waitMsMax: Math.ceil((callsAheadMax * 1_000) / servedPerSecond) };
}
