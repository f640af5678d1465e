import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import { OptionError, parseRateLimits } from '../../lambdas/core/config/units.js';
import { liveLimitsFault, limitsAfter } from '../../lambdas/core/pacing/live-limits.js';
import type { LocalRun } from '../local-run.js';
import { workerOf } from '../worker-of.js';
import { type Action, ActionError } from './action.js';
import type { ApiMood } from './api-mood.js';
import type { Orchestrator } from './orchestrator.js';

/** How long the API refuses: long enough to see the gate close, open and recover. */
const REFUSES_FOR_MS = 5_000;

/** As many calls per window as the configuration allows. */
const LIMIT_CALLS_MAX = 1_000_000;

const STARTS_AT_ONCE = 10;

/** Executions that may run at once: more would only fill the memory. */
const RUNNING_MAX = 5_000;

export interface ActionParts {
  readonly run: LocalRun;
  readonly orchestrator: Orchestrator;
  readonly mood: ApiMood;
  /** Whether the API is ours to disturb. */
  readonly canDisturbApi: boolean;
  readonly running: () => number;
}

/** Carries out what people ask for, through the same doors as anybody, and says what was done. */
export class Actions {
  readonly #parts: ActionParts;
  #bursts = 0;

  constructor(parts: ActionParts) {
    this.#parts = parts;
  }

  async perform(action: Action): Promise<string> {
    const { orchestrator, mood, run } = this.#parts;
    switch (action.kind) {
      case 'start':
        return this.#start(action);
      case 'pause':
        await orchestrator.settings.pause([action.priority]);
        return `${action.priority} paused: no new call of it within 2 s`;
      case 'resume':
        await orchestrator.settings.resume([action.priority]);
        await this.#ringAll();
        return `${action.priority} resumed`;
      case 'slow': {
        this.#requireOwnApi();
        const { medianMs } = mood.setSlow(action.slow);
        return `the API answers in ${medianMs} ms ${action.slow ? 'now' : 'again'}`;
      }
      case 'refuse':
        this.#requireOwnApi();
        mood.refuseFor(REFUSES_FOR_MS);
        return `the API answers 429 to every call for ${REFUSES_FOR_MS / 1_000} s`;
      case 'kill':
        if (!workerOf(run.aws).killOne()) throw new ActionError('no worker runs: start some work first');
        return 'a worker was killed';
      case 'limit':
        return this.#limit(action.limit);
    }
  }

  async #start({ priority, count }: Extract<Action, { kind: 'start' }>): Promise<string> {
    const { orchestrator, run, running } = this.#parts;
    if (running() + count > RUNNING_MAX)
      throw new ActionError(`${running()} executions run, allowed are ${RUNNING_MAX}: let some end first`);
    this.#bursts += 1;
    const names = Array.from(
      { length: count },
      (_, index) => `${priority.toLowerCase()}-${this.#bursts}-${String(index + 1).padStart(3, '0')}`,
    );
    for (let first = 0; first < count; first += STARTS_AT_ONCE)
      await Promise.all(
        names.slice(first, first + STARTS_AT_ONCE).map((name) =>
          orchestrator.sfn.send(
            new StartExecutionCommand({
              stateMachineArn: run.stateMachineArn,
              name,
              input: JSON.stringify({
                operation: run.sample.operation,
                priority,
                idempotencyKey: name,
                payload: run.sample.payload(name),
              }),
            }),
          ),
        ),
      );
    return `${count} ${priority} started`;
  }

  async #limit(text: string): Promise<string> {
    const { config, control, settings } = this.#parts.orchestrator;
    if (text.trim() === 'reset') {
      await settings.setLimits(undefined);
      return 'the configured limit holds again';
    }
    const inForce = (await control.read()).limits ?? config.limits;
    const named = limitsIn(text);
    const wanted = named.length === 0 ? [] : limitsAfter(inForce, named);
    const fault = liveLimitsFault(config, wanted);
    if (fault !== undefined) throw new ActionError(`limit refused, nothing was changed: ${fault}`);
    await settings.setLimits(wanted);
    return `the limit is ${text.trim()} from now on`;
  }

  #requireOwnApi(): void {
    if (!this.#parts.canDisturbApi)
      throw new ActionError('this API is not ours: it can be neither slowed nor told to refuse');
  }

  /** Slots that serve see a change of the control record themselves; others must be rung for. */
  async #ringAll(): Promise<void> {
    const { config, doorbell } = this.#parts.orchestrator;
    await Promise.all(Array.from({ length: config.slots }, () => doorbell.ring()));
  }
}

function limitsIn(text: string) {
  try {
    return parseRateLimits(text.trim(), LIMIT_CALLS_MAX);
  } catch (cause) {
    if (cause instanceof OptionError) throw new ActionError(`expected ${cause.message}, or reset`, { cause });
    throw cause;
  }
}
