import type { Disposition } from '../outcomes/disposition.js';
import type { LegacyOutcome } from '../outcomes/legacy-outcome.js';
import type { LedgerChange, LedgerEntry, LedgerKey, LedgerState } from './ledger-entry.js';
import { FOUND_NOT_EXECUTED, foundExecuted } from './lookup.js';

/** The claim of a slot that makes a `once` call. */
export interface StartedCall {
  readonly key: LedgerKey;
  readonly entry: LedgerEntry;
}

/** What one call came to. */
export interface EndedCall {
  readonly outcome: LegacyOutcome;
  readonly disposition: Disposition;
  /** When the legacy API can no longer be working on it. Epoch milliseconds. */
  readonly doneByMs: number;
}

/** What the ledger is told of a `once` call that has ended. One that was not executed leaves no trace. */
export function changeAfterCall({ key, entry }: StartedCall, ended: EndedCall): LedgerChange {
  const state = stateAfter(ended);
  const expected = entry.revision;
  if (state === undefined) return { key, expected, entry: undefined };
  return { key, expected, entry: { ...entry, revision: next(expected), doneByMs: ended.doneByMs, state } };
}

/** A lookup's answer. `change` corrects the ledger, where there is an entry to correct. */
export interface LookedUp {
  readonly disposition: Disposition;
  readonly change?: LedgerChange;
}

/**
 * What a lookup's outcome means: executed, with the result; or, where the legacy API says so, proven not to have been
 * executed. Anything else leaves the question open.
 */
export function lookedUp(
  { key, entry }: { readonly key: LedgerKey; readonly entry: LedgerEntry | undefined },
  { outcome, disposition }: Pick<EndedCall, 'outcome' | 'disposition'>,
): LookedUp {
  if (outcome.kind === 'succeeded') {
    const { outputJson } = outcome;
    return {
      disposition: foundExecuted(outputJson),
      ...corrected(key, entry, { kind: 'succeeded', outputJson }),
    };
  }
  if (outcome.kind === 'notFound')
    return { disposition: FOUND_NOT_EXECUTED, ...corrected(key, entry, undefined) };
  return { disposition };
}

/** Undefined where it is proven that nothing was executed. */
function stateAfter({ outcome, disposition }: EndedCall): LedgerState | undefined {
  switch (outcome.kind) {
    case 'succeeded':
      return { kind: 'succeeded', outputJson: outcome.outputJson };
    case 'throttled':
    case 'unavailable':
    case 'notFound':
      return undefined;
    case 'outcomeUnknown':
      return { kind: 'unknown', cause: disposition.kind === 'failTask' ? disposition.failure.cause : '' };
    case 'rejected':
    case 'responseTooLarge':
    case 'responseRefused':
      return disposition.kind === 'failTask'
        ? {
            kind: outcome.kind === 'rejected' ? 'rejected' : 'responseTooLarge',
            failure: disposition.failure,
          }
        : undefined;
  }
}

function corrected(
  key: LedgerKey,
  entry: LedgerEntry | undefined,
  state: LedgerState | undefined,
): Pick<LookedUp, 'change'> {
  if (entry === undefined) return {};
  const expected = entry.revision;
  const corrected = state && { ...entry, revision: next(expected), state };
  return { change: { key, expected, entry: corrected } };
}

function next(revision: string): string {
  return `${revision}+`;
}
