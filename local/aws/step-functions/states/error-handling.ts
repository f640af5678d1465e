import type { Catcher, Retrier } from '../asl/definition.js';
import { toData } from '../json.js';
import type { Randomness } from '../randomness.js';
import { StateError } from '../state-error.js';
import type { Exit, Visit } from './visit.js';

/** Runs attempts until one succeeds or no retrier takes the error; then the first catcher that takes it decides. */
export async function withErrorHandling(
  visit: Visit,
  handlers: { readonly retry: readonly Retrier[]; readonly catch: readonly Catcher[] },
  attempt: () => Promise<Exit>,
): Promise<Exit> {
  const retries = new Map<Retrier, number>();
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof StateError)) throw error;
      const retrier = handlers.retry.find(({ errorEquals }) => error.isMatchedBy(errorEquals));
      const used = retrier ? (retries.get(retrier) ?? 0) : 0;
      if (!retrier || used >= retrier.attemptsMax) return await exitByCatcher(visit, handlers.catch, error);
      retries.set(retrier, used + 1);
      await visit.pause(retryDelayMs(retrier, used, visit.services.randomness));
      visit.retryCount += 1;
    }
  }
}

/** Grows by BackoffRate with every retry that this retrier has made, up to MaxDelaySeconds. */
export function retryDelayMs(
  retrier: Retrier,
  retriesMade: number,
  randomness: Pick<Randomness, 'ratio'>,
): number {
  const seconds = Math.min(
    retrier.intervalSeconds * retrier.backoffRate ** retriesMade,
    retrier.delayMaxSeconds ?? Number.MAX_SAFE_INTEGER,
  );
  return Math.round(seconds * 1_000 * (retrier.jitter === 'FULL' ? randomness.ratio() : 1));
}

async function exitByCatcher(visit: Visit, catchers: readonly Catcher[], error: StateError): Promise<Exit> {
  const catcher = catchers.find(({ errorEquals }) => error.isMatchedBy(errorEquals));
  if (!catcher) throw error;
  const errorOutput = { ...error.output };
  return visit.exit(
    catcher,
    { kind: 'error', errorOutput },
    toData(errorOutput, visit.state.name),
    catcher.next,
  );
}
