import type { CalledOperation } from '../config/operation-config.js';
import type { Exchange } from './exchange.js';
import type { LegacyOutcome } from './legacy-outcome.js';
import { retryAfterMs } from './retry-after.js';
import { fitsStateData } from './state-data.js';

const BODY_EXCERPT_MAX_CHARACTERS = 1_000;

/**
 * The verdict on one call. It errs on the safe side: whatever does not prove that the call was not executed makes
 * a `once` operation's outcome unknown, and only a repeat that does no harm is ever called `unavailable`.
 */
export function classify(exchange: Exchange, operation: CalledOperation, nowMs: number): LegacyOutcome {
  switch (exchange.kind) {
    case 'notSent':
      return { kind: 'unavailable', reason: exchange.reason };
    case 'lost':
      return maybeExecuted(operation, exchange.reason);
    case 'notExecuted':
      return { kind: 'unavailable', reason: exchange.reason };
    case 'notFound':
      return operation.lookupAnswers === undefined
        ? maybeExecuted(operation, `status ${exchange.status} with what only a lookup is answered`)
        : exchange;
    case 'unusable':
      return { kind: 'responseRefused', status: exchange.status, reason: exchange.reason };
    case 'fault':
      return classifyFault(exchange, operation, nowMs);
    case 'unreadable':
      return isSuccess(exchange.status)
        ? maybeExecuted(operation, `status ${exchange.status} with ${exchange.reason}`)
        : classifyStatus({ ...exchange, body: '' }, operation, nowMs);
    case 'tooLarge':
      return isSuccess(exchange.status)
        ? { kind: 'responseTooLarge', status: exchange.status }
        : classifyStatus({ ...exchange, body: '' }, operation, nowMs);
    case 'answered':
      return isSuccess(exchange.status)
        ? classifySuccess(exchange, operation)
        : classifyStatus(exchange, operation, nowMs);
  }
}

type Answer = Extract<Exchange, { kind: 'answered' }>;

function classifySuccess({ status, contentType, body }: Answer, operation: CalledOperation): LegacyOutcome {
  const outputJson = asJson(body, contentType);
  if (outputJson === undefined) {
    return maybeExecuted(operation, `status ${status} with a body that is not the JSON it claims to be`);
  }
  return fitsStateData(outputJson)
    ? { kind: 'succeeded', outputJson }
    : { kind: 'responseTooLarge', status, outputJson };
}

/** Faults of whoever called, in SOAP 1.1 and 1.2. What is to blame on neither side may have been executed. */
const REFUSALS = ['Client', 'Sender', 'VersionMismatch', 'MustUnderstand', 'DataEncodingUnknown'];

/** The first code says who is to blame; any of them may be configured to prove that nothing was executed. */
function classifyFault(
  { status, retryAfter, codes, text }: Extract<Exchange, { kind: 'fault' }>,
  operation: CalledOperation,
  nowMs: number,
): LegacyOutcome {
  const named = `status ${status}, fault ${codes.join(' ') || 'without a code'}`;
  if (codes.some((code) => operation.soap?.retryableFaults.includes(code)))
    return { kind: 'unavailable', reason: named };
  if (codes.some((code) => operation.lookupAnswers?.notExecutedFaults.includes(code)))
    return { kind: 'notFound', status };
  // A refusal for the rate, or one that is configured to prove something, says it by its status.
  if (status === 429 || status === 503 || provesSomething(status, operation))
    return classifyStatus({ status, retryAfter, body: text }, operation, nowMs);
  const refused = REFUSALS.includes(codes[0]?.split('.')[0] ?? '');
  if (refused)
    return { kind: 'rejected', status, bodyExcerpt: excerptOf(`fault ${codes.join(' ')}: ${text}`) };
  return maybeExecuted(operation, named);
}

function classifyStatus(
  { status, retryAfter, body }: Pick<Answer, 'status' | 'retryAfter' | 'body'>,
  operation: CalledOperation,
  nowMs: number,
): LegacyOutcome {
  const waitMs = retryAfterMs(retryAfter, nowMs);
  const notExecuted = operation.retryableStatuses.includes(status);
  const harmless = notExecuted || operation.effect === 'idempotent';
  if (status === 429 || (status === 503 && waitMs !== undefined && harmless))
    return { kind: 'throttled', retryAfterMs: waitMs };

  const reason = `status ${status}`;
  if (notExecuted) return { kind: 'unavailable', reason };
  if (status < 200 || status === 408 || status >= 500) return maybeExecuted(operation, reason);
  // Following a redirect would be a second call, a repeat would be redirected again, and the work may be done: many
  // a legacy API redirects to its result.
  if (status < 400 && operation.effect === 'once') return { kind: 'outcomeUnknown', reason };
  if (operation.lookupAnswers?.notExecutedStatuses.includes(status)) return { kind: 'notFound', status };
  return { kind: 'rejected', status, bodyExcerpt: excerptOf(body) };
}

function provesSomething(status: number, { retryableStatuses, lookupAnswers }: CalledOperation): boolean {
  return [...retryableStatuses, ...(lookupAnswers?.notExecutedStatuses ?? [])].includes(status);
}

/** The beginning of a body, without half a character at its end, which would make it no text that a task can fail with. */
function excerptOf(body: string): string {
  return body.slice(0, BODY_EXCERPT_MAX_CHARACTERS).replace(/[\uD800-\uDBFF]$/, '');
}

function maybeExecuted(operation: CalledOperation, reason: string): LegacyOutcome {
  return operation.effect === 'idempotent'
    ? { kind: 'unavailable', reason }
    : { kind: 'outcomeUnknown', reason };
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

/**
 * The body as JSON text: as it came, `null` when empty, a JSON string when it is honest text. Writing it anew would
 * round numbers beyond the precision of doubles.
 */
function asJson(body: string, contentType: string | undefined): string | undefined {
  if (body.trim() === '') return 'null';
  try {
    JSON.parse(body);
    return body;
  } catch {
    return /[/+]json\b/i.test(contentType ?? '') ? undefined : JSON.stringify(body);
  }
}
