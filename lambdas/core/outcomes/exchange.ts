import type { CalledOperation } from '../config/operation-config.js';

/** One call to make. */
export interface LegacyRequest {
  readonly operation: CalledOperation;
  readonly idempotencyKey: string;
  readonly payload: unknown;
}

/** What one call brought back. */
export interface LegacyAnswer {
  readonly exchange: Exchange;
  /** When the request went out over a connection that stood; undefined when nothing went out. Epoch milliseconds. */
  readonly sentAtMs: number | undefined;
}

/** What happened on the wire during one call, without a verdict. */
export type Exchange =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** The Retry-After header as it came, if it came. */
      readonly retryAfter: string | undefined;
      readonly contentType: string | undefined;
      readonly body: string;
    }
  /** The answer, whole, tells of a fault in the body, as SOAP does: its codes, from the general to the particular. */
  | {
      readonly kind: 'fault';
      readonly status: number;
      readonly retryAfter: string | undefined;
      readonly codes: readonly string[];
      readonly text: string;
    }
  /** The answer is whole, but not what it should be, such as XML that cannot be read. */
  | {
      readonly kind: 'unreadable';
      readonly status: number;
      readonly retryAfter: string | undefined;
      readonly reason: string;
    }
  /** The legacy API did the work, but its answer cannot be made into a result. */
  | { readonly kind: 'unusable'; readonly status: number; readonly reason: string }
  /** The answer to a lookup says that the legacy API knows no such call. */
  | { readonly kind: 'notFound'; readonly status: number }
  /** The answer proves that the call was not executed, and that a repeat may fare better. */
  | { readonly kind: 'notExecuted'; readonly reason: string }
  /** The answer began, with this status, but its body exceeds what we read. */
  | { readonly kind: 'tooLarge'; readonly status: number; readonly retryAfter: string | undefined }
  /** Nothing was sent: no address, no connection, no TLS. Proves that the call was not executed. */
  | { readonly kind: 'notSent'; readonly reason: string }
  /** The request, or some of it, was sent and no whole answer came: the call may run, have run, or still run. */
  | { readonly kind: 'lost'; readonly reason: string };
