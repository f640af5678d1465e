import type { IncomingMessage } from 'node:http';

/** Four times the largest payload Step Functions passes on. */
export const BODY_MAX_BYTES = 1_048_576;

export type RequestBody =
  | { readonly kind: 'whole'; readonly bytes: Buffer }
  | { readonly kind: 'tooLarge' }
  /** The client went away before it had sent all of it. */
  | { readonly kind: 'cutOff' };

/** Reads the body to its end; never rejects and never keeps more than 1 MiB. */
export function readBody(request: IncomingMessage): Promise<RequestBody> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let sizeBytes = 0;
    request.on('data', (chunk: Buffer) => {
      sizeBytes += chunk.length;
      if (sizeBytes <= BODY_MAX_BYTES) chunks.push(chunk);
      else chunks.length = 0;
    });
    request.once('end', () => {
      resolve(
        sizeBytes <= BODY_MAX_BYTES ? { kind: 'whole', bytes: Buffer.concat(chunks) } : { kind: 'tooLarge' },
      );
    });
    request.once('error', () => resolve({ kind: 'cutOff' }));
    request.once('close', () => resolve({ kind: 'cutOff' }));
  });
}
