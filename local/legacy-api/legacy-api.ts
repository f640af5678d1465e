import { CallBook } from './call-book.js';
import { listenHttp } from './http-listener.js';
import { Judge } from './judge.js';
import type { JudgedApi, JudgedApiOptions } from './judged-api.js';
import { latencySampler, type Latency } from './latency.js';
import { PendingTimers } from './pending-timers.js';
import { echoRespond } from './respond.js';
import { seededRandom } from './seeded-random.js';
import { serveCall } from './serve-call.js';

export interface LegacyApiOptions extends JudgedApiOptions {
  readonly latency: Latency;
  /** The same seed gives the admitted calls the same latencies, in the order they arrive. */
  readonly seed: number;
}

export interface LegacyApi extends JudgedApi {
  /** For the calls that arrive from now on. */
  setLatency(latency: Latency): void;
  /** Answers 429, with `Retry-After` until the end of it, to every call that arrives in this time from now on. */
  refuseFor(durationMs: number): void;
}

/**
 * Stands in for a slow, rate-limited API and judges independently whether its limits were kept.
 *
 * Shares no code with what it judges. Takes any method and path, JSON in and out. A call that would make a window
 * hold more starts than its limit, or more calls in flight than `inFlightMax`, is answered 429 with `Retry-After`;
 * it still counts as a start. Arrival is the moment the server reads the headers: a busy event loop delays it.
 */
export async function startLegacyApi(options: LegacyApiOptions): Promise<LegacyApi> {
  const judge = new Judge(options);
  const book = new CallBook(judge, options.onCall);
  const timers = new PendingTimers();
  const respond = echoRespond();
  const random = seededRandom(options.seed);
  let nextLatencyMs = latencySampler(options.latency, random);
  let refusesUntilMs = -Infinity;

  const services = {
    ...{ judge, book, timers, respond },
    nextLatencyMs: () => nextLatencyMs(),
    refusesUntilMs: () => refusesUntilMs,
  };
  const listener = await listenHttp(options.port, (request, response) => {
    serveCall(services, request, response);
  });

  return {
    url: listener.url,
    figures: () => judge.figures(),
    calls: () => book.calls(),
    setLimits: (limits) => judge.setLimits(limits),
    setLatency: (latency) => {
      nextLatencyMs = latencySampler(latency, random);
    },
    refuseFor: (durationMs) => {
      refusesUntilMs = performance.now() + durationMs;
    },
    stop: async () => {
      await listener.stop();
      timers.clear();
    },
  };
}
