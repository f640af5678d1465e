import type { Exchange, LegacyRequest } from '../../core/outcomes/exchange.js';

/** A request as an adapter writes it. Where it goes to, its key, its length and its credentials are added to it. */
export interface AdapterRequest {
  readonly method: string;
  /** Appended to `baseUrl`, with its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** Why no request can be made of a payload: sentences without the payload's values. */
export interface Unsendable {
  readonly faults: readonly string[];
}

/** An answer that came whole. */
export type Answer = Extract<Exchange, { kind: 'answered' }>;

/** What an adapter may make of a whole answer. Nothing here can claim that nothing was sent: only the wire can. */
export type ReadAnswer = Extract<
  Exchange,
  { kind: 'answered' | 'fault' | 'unreadable' | 'unusable' | 'notExecuted' | 'notFound' }
>;

/**
 * Translates the calls of an operation to HTTP and back, and decides nothing.
 *
 * The transport is not an adapter's: what proves that nothing was sent, timeouts, sizes and the one connection are the
 * same for all. An adapter that throws costs its own task only: before the call as a request that cannot be made, after
 * it as an answer that cannot be read.
 */
export interface LegacyAdapter {
  toWire(request: LegacyRequest): AdapterRequest | Unsendable | Promise<AdapterRequest | Unsendable>;
  /** Told of whole answers only. A status that is no success is best left as it came: it is classified by it. */
  fromWire(answer: Answer, request: LegacyRequest): ReadAnswer | Promise<ReadAnswer>;
}

export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}
