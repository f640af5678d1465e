import type { LegacyAnswer } from '../../core/outcomes/exchange.js';

/** A call as it goes over the wire. */
export interface WireRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

export interface Transport {
  /** Sends a request, once, and says what happened on the wire. Never rejects, never repeats, follows no redirect. */
  exchange(request: WireRequest, timeoutMs: number): Promise<LegacyAnswer>;
}
