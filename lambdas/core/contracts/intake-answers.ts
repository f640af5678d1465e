import * as v from 'valibot';
import { BATCH_CALLS_MAX, CALL_STATUSES } from './intake-api.js';
import { PRIORITIES } from './priority.js';

const instant = v.pipe(v.string(), v.isoTimestamp());

/** Relative to the address of the intake. */
const href = v.string();

const links = v.strictObject({
  self: v.strictObject({ href }),
  /** Absent once the call has ended, as `expedite` is. */
  cancel: v.exactOptional(v.strictObject({ href, method: v.literal('DELETE') })),
  expedite: v.exactOptional(v.strictObject({ href, method: v.literal('PATCH') })),
});

/** Where a waiting call stands, as far as SQS's approximate figures tell. */
const estimate = v.strictObject({
  /** From 1; of a call that has waited, at most. */
  position: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** At the earliest; null where nobody can tell. */
  startsAt: v.nullable(instant),
  /** Why nobody can tell. */
  unknownBecause: v.exactOptional(v.picklist(['paused', 'limitsRefused', 'quota', 'unpaced'])),
});

const taken = { id: v.string(), status: v.picklist(CALL_STATUSES), links };

/** A call that was taken. */
export const acceptedCallSchema = v.strictObject({ ...taken, estimate: v.nullable(estimate) });

const summary = { ...taken, startedAt: instant, endedAt: v.nullable(instant) };

/** A call as a list shows it; what it was asked to call only where the list is of one priority. */
export const callSummarySchema = v.strictObject({
  ...summary,
  operation: v.exactOptional(v.string()),
  priority: v.exactOptional(v.picklist(PRIORITIES)),
});

/** Everything about one call but its payload. */
export const callDetailsSchema = v.strictObject({
  ...summary,
  operation: v.string(),
  priority: v.picklist(PRIORITIES),
  idempotencyKey: v.string(),
  phase: v.picklist(['done', 'queued', 'calling', 'queuedOrCalling', 'betweenCalls']),
  estimate: v.nullable(estimate),
  /** What the legacy API answered. */
  result: v.exactOptional(v.unknown()),
  error: v.exactOptional(v.string()),
  cause: v.exactOptional(v.string()),
});

export const callPageSchema = v.strictObject({
  calls: v.array(callSummarySchema),
  /** Of the next page; null where there is none. */
  cursor: v.nullable(v.string()),
});

export const expeditedCallSchema = v.strictObject({ ...taken, servedAs: v.literal('HIGH') });

/** RFC 9457. */
export const problemSchema = v.strictObject({
  type: v.string(),
  title: v.string(),
  status: v.pipe(v.number(), v.integer(), v.minValue(400), v.maxValue(599)),
  detail: v.string(),
  /** Every one, each a sentence. */
  faults: v.exactOptional(v.array(v.string())),
  priority: v.exactOptional(v.picklist(PRIORITIES)),
  /** The same as the Retry-After header, which an item of a batch does not have. */
  retryAfterSeconds: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1))),
});

/** One for each call of the batch, in its order. */
export const batchAnswerSchema = v.strictObject({
  results: v.pipe(
    v.array(
      v.union([
        v.strictObject({ status: v.literal(202), call: acceptedCallSchema }),
        v.strictObject({ status: v.pipe(v.number(), v.integer()), problem: problemSchema }),
      ]),
    ),
    v.maxLength(BATCH_CALLS_MAX),
  ),
});

export type AcceptedCall = Readonly<v.InferOutput<typeof acceptedCallSchema>>;
export type CallSummary = Readonly<v.InferOutput<typeof callSummarySchema>>;
export type CallDetails = Readonly<v.InferOutput<typeof callDetailsSchema>>;
export type Estimate = Readonly<v.InferOutput<typeof estimate>>;
export type Links = Readonly<v.InferOutput<typeof links>>;
export type Problem = Readonly<v.InferOutput<typeof problemSchema>>;
