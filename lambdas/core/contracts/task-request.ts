import * as v from 'valibot';
import { sentences } from './faults.js';
import { PRIORITIES } from './priority.js';

const text = (charactersMax: number) =>
  v.pipe(
    v.string(),
    v.minLength(1, 'a text that is not empty'),
    v.maxLength(charactersMax, `a text of at most ${charactersMax} characters`),
  );

/** With its offset: Date.parse alone would also take "5", and read a time without one in the reader's own zone. */
const ISO_INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

const instant = v.pipe(
  v.string(),
  v.check(
    (value) => ISO_INSTANT.test(value) && Number.isFinite(Date.parse(value)),
    'an ISO 8601 instant such as 2030-01-31T12:00:00Z',
  ),
  v.transform((value) => Date.parse(value)),
);

const taskRequestSchema = v.object({
  schemaVersion: v.literal(1),
  /** Resumes the waiting task. A credential: never logged. 2,048 characters at most (Step Functions API model). */
  taskToken: text(2048),
  /** Names the call for people: unique per task, the same for each of its attempts. */
  callId: text(256),
  /** Names the call to the legacy API across retries and redrives; it travels in an HTTP header. */
  idempotencyKey: v.pipe(
    v.string(),
    v.regex(/^[\x21-\x7e]{1,256}$/, 'a text of 1 to 256 visible ASCII characters'),
  ),
  operation: text(128),
  payload: v.unknown(),
  priority: v.picklist(PRIORITIES),
  /** Repeats by the workflow before this one: 0 the first time. */
  attempt: v.optional(v.pipe(v.number(), v.integer('a whole number'), v.minValue(0, 'a number from 0')), 0),
  /** Asks whether the call was executed, in place of making it. */
  lookup: v.optional(v.boolean(), false),
  tenant: v.optional(text(128)),
  /** Calls of one class with the same one start in the order of their messages, each once the one before has ended. */
  orderingKey: v.optional(text(128)),
  /** When the workflow put the message on its queue: the start of every age that we report. */
  enqueuedAt: instant,
  /** When it was made HIGH while it waited: before that it was not late as HIGH. */
  expeditedAt: v.optional(instant),
  /** After this instant the result is of no use, so the call is not made. */
  deadline: v.optional(instant),
  /** ARN of the execution that waits, and the name of the state it waits in. */
  execution: text(512),
  state: text(128),
});

/** One call that a workflow waits for: the body of every message on a priority queue. Instants are in epoch milliseconds. */
export type TaskRequest = Readonly<v.InferOutput<typeof taskRequestSchema>>;

/** The same request as it stands in the message body, where instants are ISO 8601. */
export type TaskRequestBody = Readonly<v.InferInput<typeof taskRequestSchema>>;

export type ParsedTaskRequest =
  | { readonly kind: 'request'; readonly request: TaskRequest }
  | {
      readonly kind: 'malformed';
      readonly faults: readonly string[];
      readonly taskToken: string | undefined;
    };

/**
 * Reads a message body, and never throws: a body that is not a task request comes back with every fault, and
 * with its task token where that much can be read, so that the waiting task can be failed.
 */
export function parseTaskRequest(body: string): ParsedTaskRequest {
  const json = parseJson(body);
  if (json === undefined)
    return { kind: 'malformed', faults: ['value: expected JSON'], taskToken: undefined };
  const result = v.safeParse(taskRequestSchema, json);
  if (result.success) return { kind: 'request', request: result.output };
  return { kind: 'malformed', faults: sentences(result.issues.map(discreet)), taskToken: readToken(json) };
}

/** Without its value where that is the token, or a whole message that may hold one. */
function discreet(issue: v.InferIssue<typeof taskRequestSchema>): v.BaseIssue<unknown> {
  const field = issue.path?.[0].key;
  if (issue.kind !== 'schema' || (field !== undefined && field !== 'taskToken')) return issue;
  return { ...issue, received: withoutValue(issue) };
}

function withoutValue({ input, received }: v.BaseIssue<unknown>): string {
  if (typeof input === 'string') return `a text of ${input.length} characters`;
  return typeof input === 'number' ? 'a number' : received;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readToken(json: unknown): string | undefined {
  const withToken = v.safeParse(v.object({ taskToken: taskRequestSchema.entries.taskToken }), json);
  return withToken.success ? withToken.output.taskToken : undefined;
}
