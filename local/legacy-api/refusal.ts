import { errorAnswer, type Answer } from './json-answer.js';
import type { Verdict } from './judge.js';

/** When a call in flight will end is not known; a second is the smallest wait that `Retry-After` can say. */
const RETRY_AFTER_MIN_SECONDS = 1;

/** Not for any breach: somebody wants to see what a refusal does. */
export interface OnRequest {
  readonly kind: 'onRequest';
  readonly retryAfterMs: number;
}

/** The 429 for a breach; `Retry-After` is rounded up, so a client that heeds it and is alone is admitted. */
export function refusal(verdict: Exclude<Verdict, { kind: 'within' }> | OnRequest): Answer {
  switch (verdict.kind) {
    case 'overRate':
      return tooManyRequests(
        `more than ${verdict.limit.calls} calls in ${verdict.limit.windowMs} ms`,
        secondsOf(verdict.retryAfterMs),
      );
    case 'onRequest':
      return tooManyRequests('the API was told to refuse calls', secondsOf(verdict.retryAfterMs));
    case 'overInFlight':
      return tooManyRequests(`more than ${verdict.inFlightMax} calls in flight`, RETRY_AFTER_MIN_SECONDS);
  }
}

function secondsOf(retryAfterMs: number): number {
  return Math.max(RETRY_AFTER_MIN_SECONDS, Math.ceil(retryAfterMs / 1_000));
}

function tooManyRequests(message: string, retryAfterSeconds: number): Answer {
  return errorAnswer(429, 'TooManyRequests', message, { 'retry-after': String(retryAfterSeconds) });
}
