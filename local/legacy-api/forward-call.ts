import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { arrivalOf, type CallBook, type CallEvent } from './call-book.js';
import { forwardedHeaders } from './forwarded-headers.js';
import { type Answer, errorAnswer, sendAnswer } from './json-answer.js';
import type { Judge } from './judge.js';
import type { Upstream } from './upstream.js';

export interface ForwardServices {
  readonly judge: Judge;
  readonly book: CallBook;
  readonly upstream: Upstream;
}

const RETRY_AFTER_SECONDS = '1';

/**
 * Streams the call to the upstream and its answer back, and books it when it ends.
 *
 * In flight from arrival to the end of the upstream's answer, also when the client has gone: then the answer is
 * read to its end for nobody. A call the client did not send whole is broken off upstream too. 503 with
 * Retry-After, which proves that nothing was done, when the upstream was never reached; when it fails later, the client's
 * connection is cut as well.
 */
export function forwardCall(
  services: ForwardServices,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { judge, book, upstream } = services;
  const arrival = arrivalOf(request);
  judge.arrive(arrival.atMs);
  const hash = createHash('sha256');
  const call = upstream.open(request);

  let ended = false;
  const end = (kind: CallEvent['kind']) => {
    if (ended) return;
    ended = true;
    judge.finish();
    if (kind === 'executed') {
      book.executed({ ...arrival, bodySha256: request.readableEnded ? hash.digest('hex') : null });
    } else {
      book[kind](arrival);
    }
  };

  call.request.once('response', (answer) => {
    const kind = kindOf(answer.statusCode ?? 0);
    answer.once('end', () => end(kind));
    answer.once('error', () => {
      end(kind);
      response.destroy();
    });
    passOn(answer, response);
  });
  call.request.once('error', (error: NodeJS.ErrnoException) => {
    end(call.mayBeSent() && request.readableEnded ? 'executed' : 'notExecuted');
    if (call.mayBeSent()) response.destroy();
    else sendAnswer(response, unreached(error));
  });

  request.on('data', (chunk: Buffer) => hash.update(chunk));
  request.once('error', () => call.request.destroy());
  request.pipe(call.request);
}

function unreached(error: NodeJS.ErrnoException): Answer {
  const message = `the upstream cannot be reached: ${describe(error)}`;
  return errorAnswer(503, 'ServiceUnavailable', message, { 'retry-after': RETRY_AFTER_SECONDS });
}

/** Other 4xx say that nothing was done; a 5xx leaves it open, which counts as done. */
function kindOf(status: number): CallEvent['kind'] {
  if (status === 429) return 'throttled';
  return status >= 400 && status < 500 ? 'notExecuted' : 'executed';
}

function passOn(answer: IncomingMessage, response: ServerResponse): void {
  if (response.destroyed) {
    answer.resume();
    return;
  }
  response.writeHead(answer.statusCode ?? 502, forwardedHeaders(answer));
  answer.pipe(response);
  response.once('close', () => answer.resume());
}

/** The error of several tried addresses has no message of its own, only a code. */
function describe({ code, message }: NodeJS.ErrnoException): string {
  return message === '' ? (code ?? 'no reason given') : message;
}
