import type { OperationConfig } from '../config/orchestrator-config.js';
import { STATE_DATA_MAX_BYTES } from '../contracts/limits.js';
import type { Exchange } from './exchange.js';
import type { LegacyOutcome } from './legacy-outcome.js';
import { retryAfterMs } from './retry-after.js';

const BODY_EXCERPT_MAX_CHARACTERS = 1_000;

/**
 * The verdict on one call. It errs on the safe side: whatever does not prove that the call was not executed makes
 * a `once` operation's outcome unknown, and only a repeat that does no harm is ever called `unavailable`.
 */
export function classify(exchange: Exchange, operation: OperationConfig, nowMs: number): LegacyOutcome {
  switch (exchange.kind) {
    case 'notSent':
      return { kind: 'unavailable', reason: exchange.reason };
    case 'lost':
      return maybeExecuted(operation, exchange.reason);
    case 'tooLarge':
      return isSuccess(exchange.status)
        ? { kind: 'responseTooLarge', status: exchange.status }
        : classifyStatus({ ...exchange, kind: 'answered', ...NO_BODY }, operation, nowMs);
    case 'answered':
      return isSuccess(exchange.status)
        ? classifySuccess(exchange, operation)
        : classifyStatus(exchange, operation, nowMs);
  }
}

type Answer = Extract<Exchange, { kind: 'answered' }>;

const NO_BODY = { retryAfter: undefined, contentType: undefined, body: '' };

function classifySuccess({ status, contentType, body }: Answer, operation: OperationConfig): LegacyOutcome {
  const outputJson = asJson(body, contentType);
  if (outputJson === undefined) {
    return maybeExecuted(operation, `status ${status} with a body that is not the JSON it claims to be`);
  }
  const bytes = new TextEncoder().encode(outputJson).length;
  return bytes > STATE_DATA_MAX_BYTES
    ? { kind: 'responseTooLarge', status }
    : { kind: 'succeeded', outputJson };
}

function classifyStatus(answer: Answer, operation: OperationConfig, nowMs: number): LegacyOutcome {
  const { status, body } = answer;
  const waitMs = retryAfterMs(answer.retryAfter, nowMs);
  const harmless = operation.effect === 'idempotent' || operation.unavailableMeansNotExecuted;
  if (status === 429 || (status === 503 && waitMs !== undefined && harmless)) {
    return { kind: 'throttled', retryAfterMs: waitMs };
  }
  if (status === 503 && operation.unavailableMeansNotExecuted)
    return { kind: 'unavailable', reason: 'status 503' };
  if (status >= 500 || status < 200) return maybeExecuted(operation, `status ${status}`);
  // What is left are other 4xx, and redirects: following one would be a second call, so they are refusals too.
  return { kind: 'rejected', status, bodyExcerpt: body.slice(0, BODY_EXCERPT_MAX_CHARACTERS) };
}

function maybeExecuted(operation: OperationConfig, reason: string): LegacyOutcome {
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
