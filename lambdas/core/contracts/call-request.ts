import * as v from 'valibot';
import { NOT_BEFORE_MAX_DAYS, PAYLOAD_MAX_BYTES } from './limits.js';
import { PRIORITIES } from './priority.js';

/** Of an orchestrator's configuration: what decides whether a call can be asked for. */
export interface CallableOperations {
  readonly operations: Readonly<Record<string, { readonly effect: 'idempotent' | 'once' }>>;
  readonly ordering?: 'perKey' | undefined;
}

/** Longer values are cut where a fault shows them, in characters. */
const SHOWN_MAX_CHARACTERS = 80;

/** With its offset. The same pattern stands in rate-limited-call.faults.jsonata. */
const INSTANT =
  /^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,9})?)?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$/;

/**
 * By this field of its input an execution is linked to the one that started it:
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-nested-workflows.html. It says nothing of the call.
 */
export const STARTED_BY = 'AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID';

const MS_PER_DAY = 86_400_000;

const KEY_ALLOWED = 'expected a text of 1 to 256 visible ASCII characters';
const NAME_ALLOWED = 'expected a text of 1 to 128 characters';
const instantAllowed = ({ input }: v.BaseIssue<unknown>) =>
  `expected an ISO 8601 instant such as 2030-01-31T12:00:00Z${shown(input)}`;

/** What a caller is told who relies on an order that nobody keeps. */
export const NO_ORDER_IS_KEPT =
  'no order is kept here; configure ordering as perKey for this orchestrator, or remove the field';

const idempotencyKey = v.pipe(v.string(KEY_ALLOWED), v.regex(/^[!-~]{1,256}$/, KEY_ALLOWED));

const name = v.pipe(v.string(NAME_ALLOWED), v.minLength(1, NAME_ALLOWED), v.maxLength(128, NAME_ALLOWED));

/**
 * A call as its caller asks for it: the input of an execution of `rate-limited-call`, and the body of a request to the
 * intake. What the schema alone cannot say, `parseCallRequest` adds.
 */
export function callRequestSchema({ operations, ordering }: CallableOperations) {
  return v.strictObject({
    /** One of the configured operations. */
    operation: oneOf(Object.keys(operations)),
    /** Any JSON: the body of the call, or the query of a `GET`. */
    payload: v.optional(v.unknown()),
    priority: v.optional(oneOf(PRIORITIES)),
    /** Names the call to the legacy API across retries; required where the operation's effect is `once`. */
    idempotencyKey: v.optional(idempotencyKey),
    /** For whom. */
    tenant: v.optional(name),
    /** Calls of one class with the same one start in the order of their messages, each once the one before has ended. */
    orderingKey: v.optional(ordering === undefined ? v.never(NO_ORDER_IS_KEPT) : name),
    /** ISO 8601; the call is not made after it. */
    deadline: v.optional(v.pipe(v.string(instantAllowed), v.regex(INSTANT, instantAllowed))),
    /** ISO 8601; the call waits in its execution until then. */
    notBefore: v.optional(
      v.pipe(
        v.string(instantAllowed),
        v.check((value) => isDue(value), instantAllowed),
      ),
    ),
  });
}

/** A call as its caller asks for it. Instants are ISO 8601, with their offset. */
export type CallRequest = Readonly<v.InferOutput<ReturnType<typeof callRequestSchema>>>;

export type ParsedCallRequest =
  | { readonly kind: 'request'; readonly request: CallRequest }
  | { readonly kind: 'refused'; readonly faults: readonly string[] };

/**
 * Accepts exactly what `rate-limited-call` serves, and otherwise names every fault in the same sentences and order; a
 * property test holds the two against each other. Never throws: only a payload nested beyond the stack is
 * refused here alone.
 *
 * @param input parsed JSON
 * @param nowMs epoch milliseconds
 */
export function parseCallRequest(
  input: unknown,
  config: CallableOperations,
  nowMs: number,
): ParsedCallRequest {
  if (!isJsonObject(input))
    return {
      kind: 'refused',
      faults: [`input: expected an object with an operation but got ${typeOf(input)}`],
    };
  const schema = callRequestSchema(config);
  const fields = Object.keys(schema.entries);
  const known = {
    // Named even where it is missing, so that its fault says what is allowed.
    operation: undefined,
    ...Object.fromEntries(Object.entries(input).filter(([name]) => fields.includes(name))),
  };
  const result = v.safeParse(schema, known);
  const faultsOf = (name: string) =>
    (result.issues ?? []).filter(({ path }) => path?.[0].key === name).map(({ message }) => message);
  const faults = [
    ...fields.flatMap((name) =>
      [...faultsOf(name), ...(FURTHER[name]?.(known, config, nowMs) ?? [])].map(
        (fault) => `${name}: ${fault}`,
      ),
    ),
    ...Object.keys(input)
      .filter((name) => !fields.includes(name) && name !== STARTED_BY)
      .map((name) => `${cut(name)}: unknown field; remove it or correct its name`),
  ];
  if (!result.success || faults.length > 0) return { kind: 'refused', faults };
  return { kind: 'request', request: result.output };
}

type JsonObject = Readonly<Record<string, unknown>>;

type FurtherCheck = (input: JsonObject, config: CallableOperations, nowMs: number) => readonly string[];

/** What depends on other fields, or on how a value is written. */
const FURTHER: Readonly<Partial<Record<string, FurtherCheck>>> = {
  payload: ({ payload }) => {
    const bytes = payloadBytes(payload);
    if (bytes === undefined)
      return ['expected a value that can be written as JSON; flatten what is nested too deeply'];
    return bytes <= PAYLOAD_MAX_BYTES
      ? []
      : [`expected at most ${PAYLOAD_MAX_BYTES} bytes of JSON but got ${bytes}`];
  },
  idempotencyKey: (input, { operations }) =>
    typeof input['operation'] === 'string' &&
    Object.hasOwn(operations, input['operation']) &&
    operations[input['operation']]?.effect === 'once' &&
    input['idempotencyKey'] === undefined
      ? [`missing; add a key of your business, because ${input['operation']} must not be done twice`]
      : [],
  notBefore: ({ notBefore, deadline }, _config, nowMs) => {
    if (!isDue(notBefore)) return [];
    const dueMs = Date.parse(notBefore);
    return [
      ...(isInstant(deadline) && dueMs >= Date.parse(deadline)
        ? [
            `expected an instant before the deadline ${deadline}${shown(notBefore)}; the call could never be made`,
          ]
        : []),
      ...(dueMs > nowMs + NOT_BEFORE_MAX_DAYS * MS_PER_DAY
        ? [
            `expected an instant at most ${NOT_BEFORE_MAX_DAYS} days from now${shown(notBefore)}; start the execution later, because it lives for one year`,
          ]
        : []),
    ];
  },
};

function isInstant(value: unknown): value is string {
  return typeof value === 'string' && INSTANT.test(value);
}

/** The pattern takes a February 31st; a state that waits until then would fail. */
function isDue(value: unknown): value is string {
  if (!isInstant(value)) return false;
  const date = value.slice(0, 'YYYY-MM-DD'.length);
  const midnight = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(date);
}

function oneOf<const Names extends readonly string[]>(names: Names) {
  return v.picklist(names, ({ input }) => `expected one of ${names.join(', ')}${shown(input)}`);
}

function shown(value: unknown): string {
  return value === undefined ? '' : ` but got ${cut(textOf(value) ?? 'a value nested too deeply')}`;
}

function cut(text: string): string {
  return Array.from(text).slice(0, SHOWN_MAX_CHARACTERS).join('');
}

/** In UTF-8, as compact JSON; undefined where it cannot be written. */
function payloadBytes(payload: unknown): number | undefined {
  const json = jsonOf(payload ?? null);
  return json === undefined ? undefined : new TextEncoder().encode(json).length;
}

/** A value as JSONata's `$string` writes it; undefined where it is nested beyond the stack. */
function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : jsonOf(value);
}

/** Compact JSON with numbers to 15 significant digits, as JSONata writes it. */
function jsonOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value, (_name, part: unknown) =>
      typeof part === 'number' ? Number(part.toPrecision(15)) : part,
    );
  } catch {
    return undefined;
  }
}

function isJsonObject(value: unknown): value is JsonObject {
  return typeOf(value) === 'object';
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
