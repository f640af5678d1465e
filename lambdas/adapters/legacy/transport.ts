import type { LegacyAnswer } from '../../core/outcomes/exchange.js';

/** For mutual TLS, in PEM. The same object as long as nothing changes: another one ends the connection. */
export interface ClientCertificate {
  readonly cert: string;
  readonly key: string;
  readonly passphrase?: string;
  /** Who vouches for the legacy API, in place of those whom everybody trusts. */
  readonly ca?: string;
}

/** A call as it goes over the wire. */
export interface WireRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly certificate?: ClientCertificate | undefined;
}

export interface Transport {
  /** Sends a request, once, and says what happened on the wire. Never rejects, never repeats, follows no redirect. */
  exchange(request: WireRequest, timeoutMs: number): Promise<LegacyAnswer>;
}
