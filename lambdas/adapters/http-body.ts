import type { IncomingMessage } from 'node:http';
import type { Exchange } from '../core/outcomes/exchange.js';

/** What we read of an answer: well above what a task may return, and far below what would exhaust the function. */
export const BODY_MAX_BYTES = 1_048_576;

/** Reads a whole answer, or says why it is not whole. Never rejects, and stops reading at `BODY_MAX_BYTES`. */
export async function readBody(incoming: IncomingMessage): Promise<Exchange> {
  const status = incoming.statusCode ?? 0;
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > BODY_MAX_BYTES) {
        incoming.destroy();
        return { kind: 'tooLarge', status };
      }
      chunks.push(chunk);
    }
  } catch (error) {
    return {
      kind: 'lost',
      reason: `status ${status}, then the connection broke within the body (${String(error)})`,
    };
  }
  const { 'retry-after': retryAfter, 'content-type': contentType } = incoming.headers;
  return { kind: 'answered', status, retryAfter, contentType, body: Buffer.concat(chunks).toString('utf8') };
}
