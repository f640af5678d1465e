import type { IncomingMessage } from 'node:http';
import type { Exchange } from '../../core/outcomes/exchange.js';

/**
 * What we read of an answer where results are not offloaded: well above what a task may return, and far below what would
 * exhaust the function.
 */
export const BODY_MAX_BYTES = 1_048_576;

/** Reads a whole answer, or says why it is not whole. Never rejects, and stops reading at `bytesMax`. */
export async function readBody(incoming: IncomingMessage, bytesMax: number): Promise<Exchange> {
  const status = incoming.statusCode ?? 0;
  const { 'retry-after': retryAfter, 'content-type': contentType } = incoming.headers;
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > bytesMax) {
        incoming.destroy();
        return { kind: 'tooLarge', status, retryAfter };
      }
      chunks.push(chunk);
    }
  } catch (error) {
    return {
      kind: 'lost',
      reason: `status ${status}, then the connection broke within the body (${String(error)})`,
    };
  }
  return {
    kind: 'answered',
    status,
    retryAfter,
    contentType,
    body: textOf(Buffer.concat(chunks), contentType),
  };
}

/**
 * The text of a body without a byte order mark: in the encoding that its type names, else the one that XML names at its
 * own beginning, else in UTF-8.
 */
function textOf(bytes: Buffer, contentType: string | undefined): string {
  const [, charset] = /;\s*charset="?([^\s";]+)/i.exec(contentType ?? '') ?? [];
  return decoderOf(charset ?? encodingOfXml(bytes)).decode(bytes);
}

function encodingOfXml(bytes: Buffer): string | undefined {
  const beginning = bytes.subarray(0, 100).toString('latin1');
  return /^<\?xml[^>]*?\sencoding=["']([\w.-]+)["']/.exec(beginning)?.[1];
}

function decoderOf(charset: string | undefined) {
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder();
  }
}
