import * as v from 'valibot';
import { named, whole } from './schema-parts.js';
import { PLACEHOLDER } from './placeholders.js';

/** What HTTP frames a message with, and what we say ourselves: a configuration that set them would break calls. */
const OWN_HEADERS = [
  ...['host', 'connection', 'content-length', 'transfer-encoding', 'expect', 'upgrade', 'te', 'trailer'],
  ...['keep-alive', 'proxy-authorization', 'authorization', 'idempotency-key'],
];

/** Text in which `{id}` and `{customer.id}` stand for fields of the payload, and no other brace is left. */
const template = (pattern: RegExp, allowed: string) =>
  v.pipe(
    v.string(),
    v.check((text) => pattern.test(text), allowed),
    v.check(
      (text) => !/[{}]/.test(text.replace(PLACEHOLDER, '')),
      'placeholders such as {id} or {customer.id}, and no other braces',
    ),
  );

const pathTemplate = template(/^(\/[^\s#]*)?$/, 'a path that starts with /, or an empty text');

const valueTemplate = template(/^[\x20-\x7e]{0,500}$/, 'up to 500 visible ASCII characters');

const queryTemplates = v.record(
  named(/^\S{1,100}$/, 'a name of up to 100 characters without spaces'),
  valueTemplate,
);

const headerTemplates = v.record(
  v.pipe(
    named(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/, 'the name of a header'),
    v.check(
      (name) => !OWN_HEADERS.includes(name.toLowerCase()),
      `a header other than ${OWN_HEADERS.join(', ')}, which are set where they are needed`,
    ),
  ),
  valueTemplate,
);

const EXPRESSION_MAX_CHARACTERS = 20_000;

/** Parsed where the stack is synthesized, since the library that can is not part of core. */
const expression = v.pipe(
  v.string(),
  v.regex(/\S/, 'a JSONata expression'),
  v.maxLength(
    EXPRESSION_MAX_CHARACTERS,
    `a JSONata expression of up to ${EXPRESSION_MAX_CHARACTERS} characters`,
  ),
);

/** How a payload becomes an HTTP request, and an answer a result. */
const httpEntries = {
  /** Appended to `baseUrl`; empty where that is the whole address. */
  path: v.optional(pathTemplate, ''),
  /** For GET the default is every field of the payload that the path has not taken. */
  query: v.optional(queryTemplates),
  headers: v.optional(headerTemplates),
  /** JSONata: from the payload to the body of the request. @default - the payload itself */
  body: v.optional(expression),
  /** How the body is written. @default json */
  format: v.optional(v.picklist(['json', 'form'])),
  /** JSONata: from the body of a successful answer to the result. @default - the body as it came */
  result: v.optional(expression),
};

const retryableStatus = v.pipe(
  v.number(),
  v.check(
    (value) => Number.isInteger(value) && value >= 400 && value <= 599 && value !== 429,
    'a status from 400 to 599 that proves that the call was not executed (429 always does)',
  ),
);

const faultCode = named(/^\S{1,200}$/, 'the code of a fault');

const soapSchema = v.strictObject({
  version: v.optional(v.picklist(['1.1', '1.2']), '1.1'),
  /** The SOAPAction of 1.1, or the `action` of 1.2's content type. @default - an empty one */
  action: v.optional(named(/^[\x21\x23-\x5b\x5d-\x7e]{0,500}$/, 'an address without spaces and quotes'), ''),
  /** Of the element that is the call, and of everything within. */
  namespace: named(/^[^\s<>&"']{1,500}$/, 'the address of a namespace'),
  /** The name of the element that is the call; its content is the body, made of objects, lists and texts. */
  element: named(
    /^([A-Za-z_][\w.-]*:)?[A-Za-z_][\w.-]*$/,
    'the name of an element, with a prefix where only that element is to be in the namespace',
  ),
  /** Codes of faults, without prefix, which prove that the call was not executed. */
  retryableFaults: v.optional(v.array(faultCode), []),
});

const adapterName = named(
  /^[a-z][a-z0-9-]{0,62}$/,
  'the name of a file in lambdas/adapters/custom, without .ts',
);

/** How to find out whether a call whose outcome is unknown was executed. */
const lookupSchema = v.strictObject({
  /** @default - POST by SOAP, and otherwise GET */
  method: v.optional(v.picklist(['GET', 'POST'])),
  ...httpEntries,
  path: pathTemplate,
  soap: v.optional(soapSchema),
  adapter: v.optional(adapterName),
  /** JSONata: from the body of a successful answer to whether the call was executed. @default - it was */
  executed: v.optional(expression),
  /** Statuses by which the legacy API says that it knows no such call. @default - 404, where nothing else can say so */
  notExecutedStatuses: v.optional(
    v.pipe(v.array(whole(400, 499, 'an HTTP status')), v.minLength(1, 'at least one status')),
  ),
  /** Codes of faults, without prefix, by which it says so. */
  notExecutedFaults: v.optional(v.array(faultCode)),
});

export const operationSchema = v.strictObject({
  method: v.optional(v.picklist(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']), 'POST'),
  ...httpEntries,
  /** Calls by SOAP: `body` then gives the content of the element, and `result` reads that of the answer. */
  soap: v.optional(soapSchema),
  /** A module of your own in `lambdas/adapters/custom` that writes requests and reads answers. */
  adapter: v.optional(adapterName),
  /** `idempotent`: a repeat does no harm. `once`: a repeat may do the work twice, so it is never made blindly. */
  effect: v.picklist(['idempotent', 'once']),
  /** How long we wait for the whole answer. */
  timeoutMs: whole(1, 600_000, 'milliseconds'),
  /** Answers with these statuses prove that the call was not executed, so it is repeated, also for `once`. */
  retryableStatuses: v.optional(v.array(retryableStatus), []),
  /** For `once`: the workflow looks a call up whose outcome is unknown, then goes on, repeats it, or fails. */
  lookup: v.optional(lookupSchema),
});

export type OperationConfig = Readonly<v.InferOutput<typeof operationSchema>>;

type LookupConfig = NonNullable<OperationConfig['lookup']>;

export function methodOfLookup({ method, soap }: Pick<LookupConfig, 'method' | 'soap'>): 'GET' | 'POST' {
  return method ?? (soap === undefined ? 'GET' : 'POST');
}

/** Whatever is called for this operation: itself, and its lookup where it has one. */
export function callsOf(operation: OperationConfig): readonly (OperationConfig | LookupConfig)[] {
  return operation.lookup === undefined ? [operation] : [operation, operation.lookup];
}

/** How the answers to a lookup say whether the call was executed. */
export interface LookupAnswers {
  readonly executed: string | undefined;
  readonly notExecutedStatuses: readonly number[];
  readonly notExecutedFaults: readonly string[];
}

/** An operation as it is called: a lookup is one of its own. */
export type CalledOperation = OperationConfig & { readonly lookupAnswers?: LookupAnswers };
