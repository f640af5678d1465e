import type { LedgerEntry } from '../ledger/ledger-entry.js';

/** Where a call stands, as far as anybody can tell: SQS shows nobody which messages are in flight. */
export type Phase = 'done' | 'queued' | 'calling' | 'queuedOrCalling' | 'betweenCalls';

export interface PhaseClues {
  readonly isRunning: boolean;
  /** Type of the last event of the execution's history. */
  readonly lastEvent: string | undefined;
  /** Messages of its class in the hands of slots. */
  readonly inFlight: number;
  /** What the ledger knows of a `once` call. */
  readonly entry: LedgerEntry | undefined;
  readonly nowMs: number;
}

export function phaseOf({ isRunning, lastEvent, inFlight, entry, nowMs }: PhaseClues): Phase {
  if (!isRunning) return 'done';
  // A task that waits for its callback was submitted and nothing has happened since.
  if (lastEvent !== 'TaskSubmitted') return 'betweenCalls';
  if (entry?.state.kind === 'started' && nowMs < entry.doneByMs) return 'calling';
  return inFlight === 0 ? 'queued' : 'queuedOrCalling';
}
