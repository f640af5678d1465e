import type { OrchestratorConfig } from '../config/orchestrator-config.js';
import type { TaskRequest } from '../contracts/task-request.js';
import { claimantOf, isInLedger, keyOf } from '../ledger/claimant.js';
import { type Verdict, verdictFor } from '../ledger/verdict.js';
import type { Disposition } from '../outcomes/disposition.js';
import type { Ports, Telemetry } from '../ports.js';
import { identityOf } from './call-identity.js';

/**
 * What becomes of a message whose call is not to be made: before its task is told so, the ledger is asked, because
 * another delivery may have made the call, or be making it. Throws when the table cannot be reached.
 */
export async function orKnown(
  { ledger, clock, telemetry, fingerprint }: Pick<Ports, 'ledger' | 'clock' | 'telemetry' | 'fingerprint'>,
  config: OrchestratorConfig,
  request: TaskRequest,
  disposition: Disposition,
): Promise<Disposition> {
  if (disposition.kind !== 'failTask' || !isInLedger(config, request)) return disposition;
  const entry = await ledger.read(keyOf(request));
  const claimant = claimantOf(request, fingerprint, clock.nowMs());
  if (claimant === undefined) return disposition;
  const verdict = verdictFor(request, entry, claimant);
  return verdict.kind === 'mayCall' ? disposition : known(telemetry, request, verdict, claimant.nowMs);
}

/** Of a call that the ledger knows. A wait costs a receive, but it ends: at `doneByMs` at the latest there is an answer. */
export function known(
  telemetry: Telemetry,
  request: TaskRequest,
  verdict: Exclude<Verdict, { kind: 'mayCall' }>,
  nowMs: number,
): Disposition {
  if (verdict.kind === 'wait') return { kind: 'giveBack', delayMs: verdict.untilMs - nowMs };
  const { newlyUnknown = false } = verdict;
  telemetry.record({ kind: 'answeredByLedger', newlyUnknown, ...identityOf(request) });
  return verdict.disposition;
}
