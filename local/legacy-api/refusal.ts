import { errorAnswer, type Answer } from './json-answer.js';
import type { Verdict } from './judge.js';

/** When a call in flight will end is not known; a second is the smallest wait that `Retry-After` can say. */
const RETRY_AFTER_MIN_SECONDS = 1;

/** The 429 for a breach; `Retry-After` is rounded up, so a client that heeds it and is alone is admitted. */
export function refusal(verdict: Exclude<Verdict, { kind: 'within' }>): Answer {
  switch (verdict.kind) {
    case 'overRate':
      return tooManyRequests(
        `more than ${verdict.limit.calls} calls in ${verdict.limit.windowMs} ms`,
        Math.max(RETRY_AFTER_MIN_SECONDS, Math.ceil(verdict.retryAfterMs / 1_000)),
      );
    case 'overInFlight':
      return tooManyRequests(`more than ${verdict.inFlightMax} calls in flight`, RETRY_AFTER_MIN_SECONDS);
  }
}

function tooManyRequests(message: string, retryAfterSeconds: number): Answer {
  return errorAnswer(429, 'TooManyRequests', message, { 'retry-after': String(retryAfterSeconds) });
}
