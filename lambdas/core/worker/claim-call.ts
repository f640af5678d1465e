import type { OperationConfig, OrchestratorConfig } from '../config/orchestrator-config.js';
import { keepsOrder } from '../config/ordering.js';
import type { TaskRequest } from '../contracts/task-request.js';
import { deadlinePassed } from '../dispatch/readiness.js';
import { claimantOf, keyOf, UNREADABLE } from '../ledger/claimant.js';
import type { LedgerEntry, LedgerKey } from '../ledger/ledger-entry.js';
import type { StartedCall } from '../ledger/record.js';
import { lookupVerdictOf, verdictOf } from '../ledger/verdict.js';
import type { Disposition } from '../outcomes/disposition.js';
import { FETCH_LEAD_MAX_MS } from '../pacing/fetch-lead.js';
import type { Ports } from '../ports.js';
import { known } from './known-call.js';
import type { ReadyCall } from './ready-call.js';
import type { Settlement } from './settle.js';

/** Why one call may be made. */
export type Grant =
  /** A repeat does no harm, so the ledger is not asked. */
  | { readonly kind: 'idempotent' }
  | ({ readonly kind: 'once' } & StartedCall)
  | { readonly kind: 'lookup'; readonly key: LedgerKey; readonly entry: LedgerEntry | undefined };

export type Claim =
  | { readonly kind: 'granted'; readonly grant: Grant }
  | { readonly kind: 'refused'; readonly disposition: Disposition };

/** So often somebody else may get ahead of us with the same key before we come back later. */
const ATTEMPTS_MAX = 3;
const COME_BACK_AFTER_MS = 1_000;

/** From the claim to the call: its own write, the rest of the hold, and whatever holds the process up. */
const START_WITHIN_MS = FETCH_LEAD_MAX_MS + 1_000;

const MS_PER_DAY = 86_400_000;

/**
 * Asks the ledger whether this call may be made, and for a `once` operation writes down that it is being made: from
 * then on nobody else makes it, until it is known that it was not executed.
 *
 * @param owner unique to this claim. Throws when the table cannot be reached.
 */
export async function claimCall(
  ports: Ports,
  config: OrchestratorConfig,
  owner: string,
  ready: ReadyCall,
): Promise<Claim> {
  const { request } = ready;
  if (request.lookup) return claimLookup(ports, request);
  if (ready.operation.effect === 'idempotent') return { kind: 'granted', grant: { kind: 'idempotent' } };
  return claimOnce(ports, config, owner, ready);
}

async function claimLookup(ports: Ports, request: TaskRequest): Promise<Claim> {
  const { ledger, clock, telemetry } = ports;
  const key = keyOf(request);
  const entry = await ledger.read(key);
  const nowMs = clock.nowMs();
  const verdict = lookupVerdictOf(entry, nowMs);
  if (verdict.kind !== 'mayCall')
    return { kind: 'refused', disposition: known(telemetry, request, verdict, nowMs) };
  return { kind: 'granted', grant: { kind: 'lookup', key, entry } };
}

async function claimOnce(
  ports: Ports,
  config: OrchestratorConfig,
  owner: string,
  { request, operation }: ReadyCall,
): Promise<Claim> {
  const { ledger, clock, telemetry, fingerprint } = ports;
  const key = keyOf(request);
  const claimant = claimantOf(request, fingerprint, clock.nowMs());
  if (claimant === undefined) return { kind: 'refused', disposition: UNREADABLE };
  const entry: LedgerEntry = {
    revision: owner,
    task: claimant.task,
    payload: claimant.payload,
    doneByMs: claimant.nowMs + START_WITHIN_MS + runsMs(config, operation),
    expiresAtMs: claimant.nowMs + config.ledgerRetentionDays * MS_PER_DAY,
    state: { kind: 'started' },
  };
  // Hardly any call has an entry already, so the first attempt writes without reading.
  let found: LedgerEntry | undefined;
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt += 1) {
    const verdict = verdictOf(found, claimant);
    if (verdict.kind !== 'mayCall')
      return { kind: 'refused', disposition: known(telemetry, request, verdict, claimant.nowMs) };
    const taken = await ledger.change({ key, expected: verdict.expected, entry });
    if (taken) return { kind: 'granted', grant: { kind: 'once', key, entry } };
    found = await ledger.read(key);
    // Our own write, whose answer was lost on its way.
    if (found?.revision === owner) return { kind: 'granted', grant: { kind: 'once', key, entry } };
  }
  return { kind: 'refused', disposition: { kind: 'giveBack', delayMs: COME_BACK_AFTER_MS } };
}

/**
 * What becomes of a call that would begin after its deadline, or so late that it could still be running when its entry
 * says it cannot or, where order is kept, when its message is no longer hidden: it is not made, and its claim is taken
 * back. Undefined while it may begin. Asked right before the call, because a slow table or a process that stood still
 * can have taken any time since the claim.
 */
export function lateCall(
  config: OrchestratorConfig,
  ready: ReadyCall,
  grant: Grant,
  { nowMs, hiddenUntilMs, receiveCount }: Moment,
): Settlement | undefined {
  const passed = deadlinePassed(ready.request, ready.operation, { nowMs, receiveCount });
  if (passed !== undefined) return withdrawn(ready, grant, passed);
  const overByMs = nowMs + runsMs(config, ready.operation);
  const forItsEntry = grant.kind === 'once' && overByMs > grant.entry.doneByMs;
  const forItsPlace = keepsOrder(config) && overByMs > hiddenUntilMs;
  return forItsEntry || forItsPlace ? takenBack(ready, grant, 0) : undefined;
}

interface Moment {
  readonly nowMs: number;
  /** Of the message of the call. */
  readonly hiddenUntilMs: number;
  readonly receiveCount: number;
}

/** The call is not made: its message comes back after `delayMs`, and its claim is as if it had not been. */
export function takenBack(ready: ReadyCall, grant: Grant, delayMs: number): Settlement {
  return withdrawn(ready, grant, { kind: 'giveBack', delayMs });
}

function withdrawn({ request }: ReadyCall, grant: Grant, disposition: Disposition): Settlement {
  if (grant.kind !== 'once') return { request, disposition };
  const { key, entry } = grant;
  return { request, disposition, change: { key, expected: entry.revision, entry: undefined } };
}

/** From the start of a call until the legacy API cannot be working on it: connecting may take the whole timeout. */
function runsMs(config: OrchestratorConfig, { timeoutMs }: OperationConfig): number {
  return timeoutMs + weighsMs(config);
}

/** How long the legacy API may work on a call after it was sent. */
export function weighsMs({ serviceTimeMaxMs, arrivalJitterMs }: OrchestratorConfig): number {
  return serviceTimeMaxMs + arrivalJitterMs;
}
