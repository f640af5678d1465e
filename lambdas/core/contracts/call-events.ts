import * as v from 'valibot';
import { sentences } from './faults.js';

/** The `detail-type` of each event by which calls are requested and answered. */
export const CALL_EVENTS = {
  /** Its detail is the input of `rate-limited-call`. */
  requested: 'LegacyCallRequested',
  succeeded: 'LegacyCallSucceeded',
  failed: 'LegacyCallFailed',
} as const;

/** The `source` of an orchestrator's events, requests as well as answers: it says which legacy API they are about. */
export function callEventSource(orchestrator: string): string {
  return `rate-limited-orchestrator.${orchestrator}`;
}

/** How Step Functions tells of its executions, on the default bus. */
export const STATUS_CHANGE = {
  source: 'aws.states',
  detailType: 'Step Functions Execution Status Change',
} as const;

/** The statuses with which an execution ends. */
export const END_STATUSES = ['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'] as const;

/** The detail of an answer. Tells nothing of the payload, and of the result only where configured so. */
export interface CallAnswer {
  /** `event-` and the id of the event that requested the call: the name of its execution. */
  readonly callId: string;
  readonly executionArn: string;
  readonly status: (typeof END_STATUSES)[number];
  /** As requested; absent where the request had none, or was not readable. */
  readonly operation?: string;
  readonly idempotencyKey?: string;
  readonly tenant?: string;
  readonly orderingKey?: string;
  readonly result?: unknown;
  /** Why it failed: the names in `task-errors.ts` and those of Step Functions. */
  readonly error?: string;
  readonly cause?: string;
}

const included = v.object({ included: v.boolean() });

const executionEndSchema = v.object({
  executionArn: v.string(),
  name: v.string(),
  status: v.picklist(END_STATUSES),
  input: v.nullish(v.string()),
  /** False where input and output together are too large for an event. */
  inputDetails: v.nullish(included),
  output: v.nullish(v.string()),
  outputDetails: v.nullish(included),
  error: v.nullish(v.string()),
  cause: v.nullish(v.string()),
});

const eventSchema = v.variant('detail-type', [
  v.object({
    'detail-type': v.literal(CALL_EVENTS.requested),
    // A character that an execution's name may not have would be refused for ever.
    id: v.pipe(v.string(), v.regex(/^[0-9A-Za-z-]{1,64}$/, 'an id of up to 64 letters, digits and hyphens')),
    detail: v.unknown(),
  }),
  v.object({ 'detail-type': v.literal(STATUS_CHANGE.detailType), detail: executionEndSchema }),
]);

/** The end of an execution, as Step Functions tells it. */
export type ExecutionEnd = Readonly<v.InferOutput<typeof executionEndSchema>>;

export type ParsedCallEvent =
  | { readonly kind: 'requested'; readonly id: string; readonly detail: unknown }
  | { readonly kind: 'ended'; readonly end: ExecutionEnd }
  | { readonly kind: 'foreign'; readonly faults: readonly string[] };

/** Reads an event as EventBridge delivers it, and never throws: what is none of ours comes back with every fault. */
export function parseCallEvent(body: string): ParsedCallEvent {
  const json = parseJson(body);
  if (json === undefined) return { kind: 'foreign', faults: ['value: expected JSON'] };
  const result = v.safeParse(eventSchema, json);
  if (!result.success) return { kind: 'foreign', faults: sentences(result.issues) };
  const event = result.output;
  return event['detail-type'] === CALL_EVENTS.requested
    ? { kind: 'requested', id: event.id, detail: event.detail }
    : { kind: 'ended', end: event.detail };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const requestSchema = v.object({
  operation: v.fallback(v.optional(v.string()), undefined),
  idempotencyKey: v.fallback(v.optional(v.string()), undefined),
  tenant: v.fallback(v.optional(v.string()), undefined),
  orderingKey: v.fallback(v.optional(v.string()), undefined),
});

/** What may be said about a request to whoever hears of its answer; nothing of one that is not readable. */
export function whatWasRequested(
  inputJson: string,
): Pick<CallAnswer, 'operation' | 'idempotencyKey' | 'tenant' | 'orderingKey'> {
  const parsed = v.safeParse(requestSchema, parseJson(inputJson));
  if (!parsed.success) return {};
  const { operation, idempotencyKey, tenant, orderingKey } = parsed.output;
  return {
    ...(operation === undefined ? {} : { operation }),
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    ...(tenant === undefined ? {} : { tenant }),
    ...(orderingKey === undefined ? {} : { orderingKey }),
  };
}
