import { type ByPriority, byPriority, PRIORITIES, type Priority } from '../contracts/priority.js';
import { servedPerSecond } from './turns.js';

export interface NightSetup {
  readonly capacityPerSecond: number;
  readonly minShares: ByPriority<number>;
  readonly arrivalsPerSecond: { readonly HIGH: number; readonly NORMAL: number };
  readonly batchMessages: number;
}

/** Messages waiting at one time of the night, counted from the arrival of BATCH. */
export interface BacklogSample extends ByPriority<number> {
  readonly atMs: number;
}

/** A stretch of time in which the same classes have a backlog, and so each class is served at one rate. */
interface Phase {
  readonly fromMs: number;
  readonly backlog: ByPriority<number>;
  readonly growthPerSecond: ByPriority<number>;
}

/** A backlog below this is none: what is left of rounding. */
const EMPTY = 1e-6;

/** Each backlog drains at most once, and the last phase goes on for ever. */
const PHASES_MAX = PRIORITIES.length + 2;

/** The backlog as a fluid: exact on average for a whole night, blind to chance within seconds. */
export class Night {
  readonly #phases: readonly Phase[];
  readonly #drainMs: number;

  constructor(setup: NightSetup) {
    this.#phases = phasesOf(setup);
    const drained = this.#phases.find(({ backlog }) => backlog.BATCH <= EMPTY);
    this.#drainMs = drained?.fromMs ?? Infinity;
  }

  /** Until BATCH is done; Infinity when it never is. */
  get drainMs(): number {
    return this.#drainMs;
  }

  backlogAt(atMs: number): BacklogSample {
    const phase = this.#phases.filter(({ fromMs }) => fromMs <= atMs).at(-1);
    if (phase === undefined) return { atMs, ...byPriority(() => 0) };
    const seconds = (atMs - phase.fromMs) / 1_000;
    const at = (priority: Priority) =>
      Math.max(0, phase.backlog[priority] + phase.growthPerSecond[priority] * seconds);
    return { atMs, ...byPriority(at) };
  }
}

function phasesOf(setup: NightSetup): readonly Phase[] {
  const phases: Phase[] = [];
  let fromMs = 0;
  let backlog: ByPriority<number> = { HIGH: 0, NORMAL: 0, BATCH: setup.batchMessages };
  while (phases.length < PHASES_MAX) {
    const phase = { fromMs, backlog, growthPerSecond: growthOf(setup, backlog) };
    phases.push(phase);
    const lengthSeconds = Math.min(...PRIORITIES.map((priority) => secondsToEmpty(phase, priority)));
    if (lengthSeconds === Infinity) break;
    fromMs += lengthSeconds * 1_000;
    backlog = byPriority((priority) => {
      const left = phase.backlog[priority] + phase.growthPerSecond[priority] * lengthSeconds;
      return left <= EMPTY ? 0 : left;
    });
  }
  return phases;
}

function growthOf(setup: NightSetup, backlog: ByPriority<number>): ByPriority<number> {
  const arrivals = { ...setup.arrivalsPerSecond, BATCH: 0 };
  const demand = byPriority((priority) => (backlog[priority] > EMPTY ? Infinity : arrivals[priority]));
  const served = servedPerSecond(setup.capacityPerSecond, setup.minShares, demand);
  return byPriority((priority) => arrivals[priority] - served[priority]);
}

function secondsToEmpty({ backlog, growthPerSecond }: Phase, priority: Priority): number {
  const perSecond = growthPerSecond[priority];
  return backlog[priority] > EMPTY && perSecond < 0 ? -backlog[priority] / perSecond : Infinity;
}
