import type { Demand } from './plan-input.js';

export const SECONDS_PER_MONTH = 730 * 3_600;
const NIGHTS_PER_MONTH = 730 / 24;
const SECONDS_PER_DAY = 86_400;

/** The sweeper rings every minute. */
const SWEEPS_PER_SECOND = 1 / 60;

/** How often an idle mapping asks its doorbell: https://github.com/DataBiosphere/azul/issues/3708 */
const EMPTY_BELL_RECEIVES_PER_SECOND = 15 / 60;

/** A slot rings this often while it works. */
const RINGS_PER_SLOT_SECOND = 1 / 5;

/** Three short polls find nothing; then come the long poll, and two more short ones. */
const LOOK_RECEIVES = 3;
const LINGER_RECEIVES = 3;

/** The short polls and the long poll of a second. */
const SECONDS_TO_GO_IDLE = 1.1;

/** Bells of one invocation, taken and deleted together. */
const BELL_BATCH = 10;

/** A slot reads the control record once a second at most. */
const CONTROL_READS_PER_SLOT_SECOND = 1;

/** A working slot renews its record every ten seconds: docs/decisions/0008-slot-records-are-leases.md */
const RENEWALS_PER_SLOT_SECOND = 1 / 10;

/** A slot's record is written and deleted, and its pace left behind; others are read, of which 20 fit into a unit. */
const SLOT_WRITES = 3;
const SLOT_RECORDS_PER_READ = 20;

/** What a month of the planned traffic makes of each thing that AWS charges for. */
export interface MonthlyUsage {
  readonly calls: number;
  readonly sqsRequests: number;
  readonly invocations: number;
  readonly slotSeconds: number;
  readonly tableReads: number;
  readonly tableWrites: number;
  readonly sweeps: number;
}

export interface UsageQuestion {
  readonly demand: Demand;
  readonly slots: number;
  readonly meanCycleMs: number;
  readonly slotBudgetMs: number;
  readonly drainMs: number;
  readonly receivesPerCall: { readonly duringBatch: number; readonly withoutBatch: number };
}

/** Counts the requests and the slots' time: with BATCH in the queue all slots run, without it they come and go. */
export function monthlyUsage(question: UsageQuestion): MonthlyUsage {
  const { slots, slotBudgetMs, receivesPerCall, drainMs } = question;
  const { HIGH, NORMAL, BATCH } = question.demand;
  const steadyPerSecond = HIGH.callsPerSecond + NORMAL.callsPerSecond;
  const busySeconds =
    BATCH.callsPerNight === 0 ? 0 : NIGHTS_PER_MONTH * Math.min(SECONDS_PER_DAY, drainMs / 1_000);
  const quietSeconds = SECONDS_PER_MONTH - busySeconds;
  const busyCalls = steadyPerSecond * busySeconds + BATCH.callsPerNight * NIGHTS_PER_MONTH;
  const quietCalls = steadyPerSecond * quietSeconds;

  const busy = { slotSeconds: slots * busySeconds, calls: busyCalls };
  const quiet = quietSlots(question, quietSeconds, quietCalls);
  const invocations = (busy.slotSeconds * 1_000) / slotBudgetMs + quiet.invocations;
  const slotSeconds = busy.slotSeconds + quiet.slotSeconds;
  const sweeps = SECONDS_PER_MONTH * SWEEPS_PER_SECOND;
  const bells = busyCalls + quietCalls + sweeps + slotSeconds * RINGS_PER_SLOT_SECOND;
  const messages = 2 * (busyCalls + quietCalls);
  const receives =
    busyCalls * receivesPerCall.duringBatch +
    quietCalls * receivesPerCall.withoutBatch +
    quiet.invocations * LINGER_RECEIVES +
    quietSeconds * SWEEPS_PER_SECOND * LOOK_RECEIVES;
  const bellReceives =
    Math.max(quietSeconds * EMPTY_BELL_RECEIVES_PER_SECOND, invocations) + bells / BELL_BATCH;
  const looks = invocations + slotSeconds * RENEWALS_PER_SLOT_SECOND;
  const readsPerLook = Math.ceil((slots + 1) / SLOT_RECORDS_PER_READ);
  return {
    calls: busyCalls + quietCalls,
    sqsRequests: messages + receives + bells + bellReceives + invocations,
    invocations,
    slotSeconds,
    tableReads: invocations + looks * readsPerLook + slotSeconds * CONTROL_READS_PER_SLOT_SECOND,
    tableWrites: invocations * SLOT_WRITES + slotSeconds * RENEWALS_PER_SLOT_SECOND,
    sweeps,
  };
}

/** Each bell starts a slot that serves, lingers and ends, unless all of them run anyway. */
function quietSlots({ slots, meanCycleMs, slotBudgetMs }: UsageQuestion, seconds: number, calls: number) {
  const sweeps = seconds * SWEEPS_PER_SECOND;
  const wanted = calls * (meanCycleMs / 1_000 + SECONDS_TO_GO_IDLE) + sweeps * SECONDS_TO_GO_IDLE;
  const slotSeconds = Math.min(wanted, slots * seconds);
  // Nothing is wanted where BATCH leaves no quiet second.
  const bellsThatStart = wanted === 0 ? 0 : (calls + sweeps) * (slotSeconds / wanted);
  const invocations = Math.max(bellsThatStart, (slotSeconds * 1_000) / slotBudgetMs);
  return { slotSeconds, invocations };
}
