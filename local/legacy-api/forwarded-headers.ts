import type { IncomingMessage } from 'node:http';

/** Headers that speak of one connection, not of the call (RFC 9110, 7.6.1). */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

export type ForwardedHeaders = Record<string, string | string[]>;

/**
 * The message's headers without those of its connection; repeated headers stay repeated.
 *
 * `transfer-encoding: chunked` is kept in its plain form: without it Node would send the body of a GET unframed.
 */
export function forwardedHeaders(message: Pick<IncomingMessage, 'headersDistinct'>): ForwardedHeaders {
  const named = listed(message.headersDistinct['connection']);
  const forwarded: ForwardedHeaders = {};
  for (const [name, values] of Object.entries(message.headersDistinct)) {
    if (values === undefined || HOP_BY_HOP.has(name) || named.includes(name)) continue;
    forwarded[name] = values.length === 1 ? values.join() : values;
  }
  if (listed(message.headersDistinct['transfer-encoding']).includes('chunked')) {
    forwarded['transfer-encoding'] = 'chunked';
  }
  return forwarded;
}

function listed(values: readonly string[] = []): readonly string[] {
  return values.flatMap((value) => value.split(',')).map((value) => value.trim().toLowerCase());
}
