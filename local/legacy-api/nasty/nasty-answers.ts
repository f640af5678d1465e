import { type Answer, errorAnswer } from '../json-answer.js';
import type { Ending } from './reaction.js';

/** More than a caller that reads up to 1 MiB will read. */
const OVERSIZED_BYTES = 1_100_000;

const RETRY_AFTER_SECONDS = 1;

/** Cut off in the middle, as a crashed serializer leaves it, with the length and the type of a whole answer. */
export function garbageAnswer(): Answer {
  return { status: 200, body: '{"id":"' };
}

/** Sound JSON, but more of it than anybody wants. */
export function oversizedAnswer(): Answer {
  return { status: 200, body: JSON.stringify({ rows: 'x'.repeat(OVERSIZED_BYTES) }) };
}

export function refusalAnswer({ status, retryAfter }: Extract<Ending, { kind: 'refusal' }>): Answer {
  const message = 'the nasty API felt like it';
  if (retryAfter === undefined) return errorAnswer(status, 'Refused', message);
  const value = retryAfter === 'seconds' ? String(RETRY_AFTER_SECONDS) : inOneSecond();
  return errorAnswer(status, 'Refused', message, { 'retry-after': value });
}

/** HTTP dates have whole seconds; rounded up, so that it never lies in the past. */
function inOneSecond(): string {
  return new Date(Math.ceil(Date.now() / 1_000 + RETRY_AFTER_SECONDS) * 1_000).toUTCString();
}
