import { setTimeout as sleep } from 'node:timers/promises';
import { pacedLimits } from '../../lambdas/core/config/limit-kinds.js';
import { byPriority } from '../../lambdas/core/contracts/priority.js';
import { inReverse } from '../cleanups.js';
import type { RunOptions } from '../cli/options.js';
import type { LocalRun } from '../local-run.js';
import { Actions } from './actions.js';
import { ApiMood } from './api-mood.js';
import { detailsOf } from './details.js';
import { orchestratorOf } from './orchestrator.js';
import { startPageServer } from './page-server.js';
import { PageSource } from './page-source.js';
import type { PageHello } from './page-state.js';
import { RunWatch } from './run-watch.js';

/** Quick enough to see what a button does, slow enough not to weigh on the run. */
const TELL_EVERY_MS = 500;

/** In which calls are counted where no rate limit says. */
const WINDOW_DEFAULT_MS = 1_000;

type PageOptions = Pick<RunOptions, 'limits' | 'latency' | 'legacyUrl' | 'pagePort'>;

export interface LivePage {
  readonly url: string;
  stop(): Promise<void>;
}

/** Hears a run that is about to start; give it to `startLivePage` once the run stands. */
export function watchRun({ limits }: Pick<RunOptions, 'limits'>): RunWatch {
  return new RunWatch(shortest(limits)?.windowMs ?? WINDOW_DEFAULT_MS);
}

/** Serves the page of this run until it is stopped. Rejects with a PortError where the port is taken. */
export async function startLivePage(
  run: LocalRun,
  watch: RunWatch,
  { pagePort: port = 0, ...options }: PageOptions,
): Promise<LivePage> {
  const orchestrator = orchestratorOf(run);
  const cleanups: (() => unknown)[] = [() => orchestrator.close()];
  watch.executions.restrictTo(run.stateMachineArn);
  const mood = new ApiMood(run.legacyApi, options.latency);
  const canDisturbApi = options.legacyUrl === undefined;
  const source = new PageSource({ run, orchestrator, watch, mood });
  const running = () => watch.executions.counts().running;
  const actions = new Actions({ run, orchestrator, mood, canDisturbApi, running });
  const { config } = orchestrator;
  const hello = (): PageHello => ({
    api: config.name,
    endpoint: run.aws.endpoint,
    stateMachineArn: run.stateMachineArn,
    ageObjectiveMs: byPriority((priority) => config.priorities[priority].ageObjectiveSeconds * 1_000),
    permitted: shortest(options.limits) ?? null,
    canDisturbApi,
    samples: source.samples,
  });
  try {
    const server = await startPageServer({
      ...{ port, hello },
      perform: async (action) => {
        const done = await actions.perform(action);
        watch.notes.add('action', done);
        return done;
      },
      details: async (name) => {
        const execution = watch.executions.find(name);
        return execution && detailsOf(orchestrator, execution);
      },
    });
    cleanups.push(() => server.stop());
    const telling = tellRepeatedly(async () => server.tell('state', await source.state()), watch);
    cleanups.push(() => telling.stop());
    return { url: server.url, stop: () => inReverse(cleanups) };
  } catch (error) {
    await inReverse(cleanups);
    throw error;
  }
}

/** One after the other, so that a slow look is not overtaken. A look that fails is said, and does not end the page. */
function tellRepeatedly(tell: () => Promise<void>, { notes }: RunWatch): { stop(): Promise<void> } {
  const ended = new AbortController();
  const isOver = () => ended.signal.aborted;
  const told = async () => {
    while (!isOver()) {
      try {
        await tell();
      } catch (error) {
        if (!isOver())
          notes.add(
            'bad',
            `the page could not look: ${error instanceof Error ? error.message : String(error)}`,
          );
      }
      await sleep(TELL_EVERY_MS, undefined, { signal: ended.signal }).catch(() => undefined);
    }
  };
  const done = told();
  return {
    stop: () => {
      ended.abort();
      return done;
    },
  };
}

/** The window that people watch: the shortest that a hold paces. */
function shortest(limits: RunOptions['limits']) {
  return [...pacedLimits(limits)].sort((one, other) => one.windowMs - other.windowMs)[0];
}
