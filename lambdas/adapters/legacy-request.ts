import type { LegacyRequest } from '../core/outcomes/exchange.js';

/** A call as it goes over the wire. */
export interface WireRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** Translates a call into HTTP: the payload is the JSON body, or for GET, which has none, the query. */
export function toWireRequest(
  baseUrl: string,
  { operation, idempotencyKey, payload }: LegacyRequest,
): WireRequest {
  const { method, path } = operation;
  const url = new URL(baseUrl.replace(/\/$/, '') + path);
  const common = { accept: 'application/json', 'idempotency-key': idempotencyKey };
  if (method === 'GET') {
    for (const [name, value] of queryOf(payload)) url.searchParams.append(name, value);
    return { url, method, headers: common, body: undefined };
  }
  // A request without a payload carries null in its message, and no body in its call.
  if (payload === undefined || payload === null) {
    return { url, method, headers: { ...common, 'content-length': '0' }, body: undefined };
  }
  const body = JSON.stringify(payload);
  const length = String(Buffer.byteLength(body));
  const headers = { ...common, 'content-type': 'application/json', 'content-length': length };
  return { url, method, headers, body };
}

function queryOf(payload: unknown): [string, string][] {
  if (typeof payload !== 'object' || payload === null) return [];
  return Object.entries(payload).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
}
