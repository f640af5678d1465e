import type { BookedCall, CallEvent } from './call-book.js';
import type { LegacyApiFigures } from './figures.js';
import type { Limits } from './rate-limit.js';

/** An HTTP API on 127.0.0.1 with the judge at its door. */
export interface JudgedApi {
  /** Without a trailing slash. */
  readonly url: string;
  figures(): LegacyApiFigures;
  /** The last 10,000 executed calls, in the order they were booked. */
  calls(): readonly BookedCall[];
  /** Replaces every limit for the calls that arrive from now on; what is absent no longer applies. */
  setLimits(limits: Limits): void;
  /** Closes every connection and timer, answered or not; nothing is left running. The figures stay readable. */
  stop(): Promise<void>;
}

export interface JudgedApiOptions extends Limits {
  /** 0 takes any free port. */
  readonly port: number;
  readonly onCall?: ((event: CallEvent) => void) | undefined;
}
