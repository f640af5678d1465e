import { CallBook } from '../call-book.js';
import { listenHttp } from '../http-listener.js';
import { Judge } from '../judge.js';
import type { JudgedApi, JudgedApiOptions } from '../judged-api.js';
import { latencySampler, type Latency } from '../latency.js';
import { PendingTimers } from '../pending-timers.js';
import { seededRandom } from '../seeded-random.js';
import { type BookEntry, NastyBook } from './nasty-book.js';
import { type NastySettings, serveNastyCall } from './serve-nasty-call.js';

export interface NastyApiOptions extends JudgedApiOptions, NastySettings {
  readonly latency: Latency;
}

export interface NastyApi extends JudgedApi {
  /** Every call and lookup so far, in the order of arrival. */
  book(): readonly BookEntry[];
}

/**
 * The legacy API on its worst day: as strict about its limits as `startLegacyApi`, and it does to calls what
 * `API_FAULTS` lists. It keeps its own book of what it committed and what it told whom.
 */
export async function startNastyApi(options: NastyApiOptions): Promise<NastyApi> {
  const judge = new Judge(options);
  const calls = new CallBook(judge, options.onCall);
  const timers = new PendingTimers();
  const book = new NastyBook();
  const nextLatencyMs = latencySampler(options.latency, seededRandom(options.seed));
  const services = { settings: options, judge, calls, book, timers, nextLatencyMs };
  const listener = await listenHttp(options.port, (request, response) => {
    serveNastyCall(services, request, response);
  });

  return {
    url: listener.url,
    figures: () => judge.figures(),
    calls: () => calls.calls(),
    book: () => book.entries(),
    setLimits: (limits) => judge.setLimits(limits),
    stop: async () => {
      await listener.stop();
      timers.clear();
    },
  };
}
