import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Arrival, arrivalOf, type CallBook } from '../call-book.js';
import { type Answer, errorAnswer, sendAnswer } from '../json-answer.js';
import type { Judge } from '../judge.js';
import type { PendingTimers } from '../pending-timers.js';
import { refusal } from '../refusal.js';
import { readBody } from '../request-body.js';
import { idOf } from '../respond.js';
import { payloadOf } from '../serve-call.js';
import { type ApiFault, drawFor, faultOf } from './api-faults.js';
import { garbageAnswer, oversizedAnswer, refusalAnswer } from './nasty-answers.js';
import type { NastyBook, OpenEntry, Told } from './nasty-book.js';
import { type Reaction, reactionTo } from './reaction.js';

export interface NastySettings {
  readonly faults: readonly ApiFault[];
  readonly seed: number;
  /** How long a silent call holds its connection, and stays in flight: longer than any caller waits. */
  readonly silenceMs: number;
  /** Paths where every call commits anew. On all others a repeat of a key gets its first result again. */
  readonly oncePaths: readonly string[];
}

export interface NastyServices {
  readonly settings: NastySettings;
  readonly judge: Judge;
  readonly calls: CallBook;
  readonly book: NastyBook;
  readonly timers: PendingTimers;
  readonly nextLatencyMs: () => number;
}

/** What a caller is told at the end: an answer, a reset connection, or nothing at all. */
type Last =
  { readonly kind: 'answer'; readonly answer: Answer; readonly told: Told } | { readonly kind: 'cut' };

/**
 * Serves a call or a lookup as `serveCall` does, strict about the limits, but does to it what its fate says, and books
 * it. A lookup asks with `?idempotencyKey=` and commits nothing; it counts against the limits and meets faults as well.
 */
export function serveNastyCall(
  services: NastyServices,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { judge, calls, book, timers, settings } = services;
  const arrival = arrivalOf(request);
  const looked = new URL(arrival.path, 'http://localhost').searchParams.get('idempotencyKey');
  const isLookup = arrival.method === 'GET' && looked !== null;
  const key = (isLookup ? looked : arrival.idempotencyKey) ?? '';
  const entry = book.open(arrival, isLookup ? 'lookup' : 'call', key);
  const verdict = judge.arrive(arrival.atMs);
  if (verdict.kind !== 'within') {
    judge.finish();
    calls.throttled(arrival);
    end(entry, response, { kind: 'answer', answer: refusal(verdict), told: 'throttled' });
    return;
  }
  const nth = book.count(entry);
  const { kind, idempotencyKey } = entry;
  entry.fault = faultOf(settings.faults, settings.seed, { kind, idempotencyKey, nth });
  const draw = drawFor(settings.seed, `reaction to ${kind} ${nth} of ${idempotencyKey}`);
  const reaction = reactionTo(entry.fault, draw);
  if (reaction.atOnce) {
    judge.finish();
    if (entry.kind === 'call') calls.notExecuted(arrival);
    request.resume();
    end(entry, response, lastWords(services, entry, reaction));
    return;
  }
  const worked = work(services, request, { arrival, entry, reaction });
  const silent = reaction.ending.kind === 'silence';
  timers.at(arrival.atMs + (silent ? settings.silenceMs : services.nextLatencyMs()), () => {
    void worked.then((refused) => {
      judge.finish();
      end(entry, response, refused ?? lastWords(services, entry, reaction));
    });
  });
}

/** Reads the request and commits what is to be committed; returns what to say of a request that is no request. */
async function work(
  { book, calls, settings }: NastyServices,
  request: IncomingMessage,
  call: { readonly arrival: Arrival; readonly entry: OpenEntry; readonly reaction: Reaction },
): Promise<Last | undefined> {
  const { arrival, entry, reaction } = call;
  const payload = payloadOf(await readBody(request));
  if (entry.kind === 'lookup') return undefined;
  if (payload.kind === 'invalid') {
    calls.notExecuted(arrival);
    return { kind: 'answer', answer: payload.answer, told: 'rejected' };
  }
  if (!reaction.commits) {
    calls.notExecuted(arrival);
    return undefined;
  }
  calls.executed({ ...arrival, bodySha256: payload.sha256 });
  const before = book.committed(entry).length;
  const path = arrival.path.split('?')[0] ?? '';
  if (before > 0 && !settings.oncePaths.includes(path)) return undefined;
  const id = idOf(`commit ${before + 1} of ${entry.operation} ${entry.idempotencyKey}`);
  const { method } = arrival;
  book.commit(entry, JSON.stringify({ id, method, path: arrival.path, received: payload.value }));
  return undefined;
}

function lastWords({ book }: NastyServices, entry: OpenEntry, { ending }: Reaction): Last {
  switch (ending.kind) {
    case 'result': {
      const body = entry.committed ?? book.committed(entry)[0];
      if (body !== undefined) return { kind: 'answer', answer: { status: 200, body }, told: 'result' };
      const answer = errorAnswer(404, 'NotFound', 'nothing was committed for this idempotency key');
      return { kind: 'answer', answer, told: 'notFound' };
    }
    case 'garbage':
      return { kind: 'answer', answer: garbageAnswer(), told: 'unreadable' };
    case 'oversized':
      return { kind: 'answer', answer: oversizedAnswer(), told: 'oversized' };
    case 'refusal':
      return { kind: 'answer', answer: refusalAnswer(ending), told: toldBy(ending.status) };
    case 'silence':
    case 'reset':
      return { kind: 'cut' };
  }
}

function toldBy(status: number): Told {
  if (status === 429) return 'throttled';
  return status >= 500 ? 'failed' : 'rejected';
}

/** Books what the caller is told, and tells it. A caller that has gone is told nothing. */
function end(entry: OpenEntry, response: ServerResponse, last: Last): void {
  if (last.kind === 'cut') {
    response.socket?.resetAndDestroy();
    return;
  }
  if (response.destroyed) return;
  entry.told = last.told;
  entry.toldAtMs = performance.now();
  sendAnswer(response, last.answer);
}
