import { createHash } from 'node:crypto';
import type { BookedCall } from './call-book.js';
import type { Answer } from './json-answer.js';
import { StoredResults } from './stored-results.js';

/** Executes an admitted call the moment its request is whole, and says what to answer when its latency ends. */
export type Respond = (call: BookedCall, payload: unknown) => Answer;

/**
 * Answers 200 with `{ id, method, path, received }`; a repeated idempotency key gets its first answer again.
 *
 * The id follows from the key alone, whatever order calls arrive in; a call without a key gets one that follows from
 * its place among the calls without a key. Keys are one namespace for all methods and paths.
 */
export function echoRespond(results: StoredResults = new StoredResults()): Respond {
  let callsWithoutKey = 0;
  return ({ method, path, idempotencyKey }, payload) => {
    const echo = (name: string) => JSON.stringify({ id: idOf(name), method, path, received: payload });
    if (idempotencyKey === null) {
      callsWithoutKey += 1;
      return { status: 200, body: echo(`call ${callsWithoutKey}`) };
    }
    const stored = results.get(idempotencyKey);
    if (stored !== undefined) return { status: 200, body: stored };
    const result = echo(ofKey(idempotencyKey));
    results.keep(idempotencyKey, result);
    return { status: 200, body: result };
  };
}

/** The id in the answer to a call with this key. */
export function idOfKey(key: string): string {
  return idOf(ofKey(key));
}

function ofKey(key: string): string {
  return `key ${key}`;
}

/** 64 bits are plenty to tell a million calls apart. */
export function idOf(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 16);
}
