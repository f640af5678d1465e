import type { CallEvent } from './call-book.js';
import type { LegacyApiFigures } from './figures.js';
import type { Latency } from './latency.js';
import type { BookEntry } from './nasty/nasty-book.js';
import type { NastySettings } from './nasty/serve-nasty-call.js';
import type { Limits } from './rate-limit.js';

/** Which API the process serves: ours, ours on its worst day, or a judge in front of somebody else's. */
export type JudgedApiSettings =
  | ({
      readonly kind: 'simulated';
      readonly port: number;
      readonly latency: Latency;
      readonly seed: number;
    } & Limits)
  | ({ readonly kind: 'nasty'; readonly port: number; readonly latency: Latency } & NastySettings & Limits)
  | ({ readonly kind: 'forwarded'; readonly port: number; readonly upstreamUrl: string } & Limits);

export type ToProcess =
  | { readonly kind: 'figures' | 'book'; readonly id: number }
  | { readonly kind: 'setLimits'; readonly limits: Limits }
  | { readonly kind: 'setLatency'; readonly latency: Latency }
  | { readonly kind: 'refuseFor'; readonly durationMs: number }
  | { readonly kind: 'stop' };

export type FromProcess =
  | { readonly kind: 'listening'; readonly url: string }
  | { readonly kind: 'refused'; readonly reason: string }
  /** `atMs` of the call counts from that process's own `timeOriginMs`. */
  | { readonly kind: 'call'; readonly event: CallEvent; readonly timeOriginMs: number }
  | { readonly kind: 'figures'; readonly id: number; readonly figures: LegacyApiFigures }
  | {
      readonly kind: 'book';
      readonly id: number;
      readonly entries: readonly BookEntry[];
      readonly timeOriginMs: number;
    };
