import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { arrivalOf, type Arrival, type CallBook } from './call-book.js';
import { errorAnswer, sendAnswer, type Answer } from './json-answer.js';
import type { Judge } from './judge.js';
import type { PendingTimers } from './pending-timers.js';
import { type OnRequest, refusal } from './refusal.js';
import { BODY_MAX_BYTES, readBody, type RequestBody } from './request-body.js';
import type { Respond } from './respond.js';

export interface CallServices {
  readonly judge: Judge;
  readonly book: CallBook;
  readonly timers: PendingTimers;
  readonly nextLatencyMs: () => number;
  /** Calls that arrive before this instant of `performance.now()` are refused, whatever the limits say. */
  readonly refusesUntilMs: () => number;
  readonly respond: Respond;
}

/**
 * Refuses a call beyond the limits at once; executes any other when its request is whole, answers after its latency.
 *
 * The call is in flight until then even if the client has gone, and its effect is booked all the same. It leaves
 * flight before its answer is sent, so a client that reacts to the answer is never one too many.
 */
export function serveCall(services: CallServices, request: IncomingMessage, response: ServerResponse): void {
  const { judge, book, timers } = services;
  const arrival = arrivalOf(request);
  const judged = judge.arrive(arrival.atMs);
  const retryAfterMs = services.refusesUntilMs() - arrival.atMs;
  const verdict: typeof judged | OnRequest =
    judged.kind === 'within' && retryAfterMs > 0 ? { kind: 'onRequest', retryAfterMs } : judged;
  if (verdict.kind !== 'within') {
    judge.finish();
    book.throttled(arrival);
    sendAnswer(response, refusal(verdict));
    return;
  }
  const answered = readBody(request).then((body) => executeCall(services, arrival, body));
  timers.at(arrival.atMs + services.nextLatencyMs(), () => {
    void answered.then((answer) => {
      judge.finish();
      sendAnswer(response, answer);
    });
  });
}

function executeCall({ book, respond }: CallServices, arrival: Arrival, body: RequestBody): Answer {
  const payload = payloadOf(body);
  if (payload.kind === 'invalid') {
    book.notExecuted(arrival);
    return payload.answer;
  }
  const call = { ...arrival, bodySha256: payload.sha256 };
  book.executed(call);
  return respond(call, payload.value);
}

export type Payload =
  | { readonly kind: 'valid'; readonly value: unknown; readonly sha256: string }
  | { readonly kind: 'invalid'; readonly answer: Answer };

/** An empty body is the value null. */
export function payloadOf(body: RequestBody): Payload {
  switch (body.kind) {
    case 'cutOff':
      return invalid(400, 'the request ended before its body was complete');
    case 'tooLarge':
      return invalid(413, `the body exceeds ${BODY_MAX_BYTES} bytes`);
    case 'whole': {
      const sha256 = createHash('sha256').update(body.bytes).digest('hex');
      if (body.bytes.length === 0) return { kind: 'valid', value: null, sha256 };
      try {
        return { kind: 'valid', value: JSON.parse(body.bytes.toString('utf8')), sha256 };
      } catch {
        return invalid(400, 'the body is not JSON');
      }
    }
  }
}

function invalid(status: number, message: string): Payload {
  return { kind: 'invalid', answer: errorAnswer(status, 'InvalidRequest', message) };
}
