import { type ByPriority, byPriority } from '../../lambdas/core/contracts/priority.js';
import type { StatusChange } from '../aws/step-functions/status-change.js';
import type { CallEvent } from '../legacy-api/call-book.js';
import { CallWindow } from './call-window.js';
import { ExecutionBook } from './execution-book.js';
import { Notes } from './notes.js';
import { SlotBoard } from './slot-board.js';
import { type Told, toldBy } from './told-by-worker.js';

/** Service times that the typical one is told from. */
const RECENT_CALLS = 20;

/** How long arrivals are kept beyond their window: more than two samples. */
const ARRIVALS_KEPT_MS = 5_000;

/** Hears all that a run tells, from before it has started, and keeps what the page shows of it. */
export class RunWatch {
  readonly executions = new ExecutionBook();
  readonly slots = new SlotBoard();
  readonly notes = new Notes();
  readonly arrivals: CallWindow;
  readonly outcomes: ByPriority<Map<string, number>> = byPriority(() => new Map());
  #recentMs: number[] = [];

  /** @param windowMs in which calls are counted */
  constructor(windowMs: number) {
    this.arrivals = new CallWindow(windowMs, ARRIVALS_KEPT_MS);
  }

  onStatusChange(change: StatusChange): void {
    this.executions.statusChanged(change);
    const { status, name, error } = change;
    if (status !== 'RUNNING' && status !== 'SUCCEEDED')
      this.notes.add('bad', `${name} ended ${status}${error === null ? '' : `: ${error}`}`);
  }

  onCall({ call }: CallEvent): void {
    this.arrivals.add(call.atMs);
  }

  onLog(line: string): void {
    const told = toldBy(line);
    if (told === undefined) return this.#hearOfDeath(line);
    this.slots.hear(told);
    this.executions.hear(told);
    this.#count(told);
    const note = noteOf(told);
    if (note !== undefined) this.notes.add(...note);
  }

  /** The median of the last calls' times; undefined before the first. */
  get serviceTimeMs(): number | undefined {
    return [...this.#recentMs].sort((one, other) => one - other)[Math.floor(this.#recentMs.length / 2)];
  }

  #count({ kind, priority, outcome, serviceTimeMs }: Told): void {
    if (kind !== 'callEnded' || priority === undefined) return;
    const counts = this.outcomes[priority];
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    this.#recentMs = [...this.#recentMs, serviceTimeMs].slice(-RECENT_CALLS);
  }

  /** What the local Lambda service says of an invocation that ended badly. */
  #hearOfDeath(line: string): void {
    const death = /: invocation \S+ (crashed: .+|timed out|failed: .+)$/.exec(line);
    if (death !== null) this.notes.add('bad', `an invocation ${death[1] ?? ''}`);
  }
}

function noteOf(told: Told): Parameters<Notes['add']> | undefined {
  const seconds = `${(told.forMs / 1_000).toFixed(1)} s`;
  switch (told.kind) {
    case 'gateClosed':
      return ['bad', `the API refused a call: the gate closes for ${seconds}`];
    case 'breakerOpened':
      return ['bad', `the API failed again and again: the breaker opens for ${seconds}`];
    case 'breakerClosed':
      return ['good', 'the API answered a probe: the breaker closes'];
    case 'quotaSpent':
      return ['bad', 'a quota is spent'];
    case 'slotStarted':
      return told.crashWaitMs === 0
        ? undefined
        : [
            'bad',
            `a new slot waits ${(told.crashWaitMs / 1_000).toFixed(1)} s: one that died may still have a call in flight`,
          ];
    case 'problem':
      return ['bad', `a slot could not ${told.text}: ${told.reason ?? 'no reason given'}`];
    default:
      return undefined;
  }
}

/** The counts as a plain object, for each class. */
export function plainCounts(
  counts: ByPriority<ReadonlyMap<string, number>>,
): ByPriority<Readonly<Record<string, number>>> {
  return byPriority((priority) => Object.fromEntries(counts[priority]));
}
