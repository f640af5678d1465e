import { TASK_ERRORS, type TaskFailure } from '../contracts/task-errors.js';
import type { TaskRequest } from '../contracts/task-request.js';
import { CALLBACK_MAX_MS, SETTLE_BUDGET_MS } from '../config/timings.js';
import type { LedgerChange } from '../ledger/ledger-entry.js';
import type { Disposition } from '../outcomes/disposition.js';
import type { Message, Ports, ResumeOutcome } from '../ports.js';
import { identityOf } from './call-identity.js';

const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 2_000;

/** When a lookup is repeated whose answer could not be written down. */
const LOOK_AGAIN_AFTER_MS = 1_000;

/** What is to be done with a message, its task, and the ledger. */
export interface Settlement {
  readonly request: TaskRequest;
  readonly disposition: Disposition;
  readonly change?: LedgerChange;
  /**
   * Until when its message stays hidden, whatever becomes of its task: the legacy API may be working on the call, and
   * the next one with its ordering key waits for that. Epoch milliseconds.
   */
  readonly hiddenUntilMs?: number;
}

/**
 * Carries out what was decided about a message: write the ledger, resume its task, then delete it, in this order, so
 * that a crash in between loses nothing and repeats nothing.
 *
 * A callback that cannot be delivered is repeated as a callback, never by calling the legacy API again. When it
 * cannot be delivered in the time there is, the message stays in its queue. Throws when a queue fails.
 */
export async function settle(ports: Ports, message: Message, settlement: Settlement): Promise<void> {
  const { queues, telemetry, callback } = ports;
  const { request } = settlement;
  const disposition = await afterChange(ports, settlement);
  switch (disposition.kind) {
    case 'drop':
      return queues.delete(message);
    case 'giveBack': {
      const delayMs = Math.max(disposition.delayMs, hiddenForMs(ports, settlement));
      await queues.defer(message, delayMs);
      telemetry.record({ kind: 'deferred', delayMs, ...identityOf(request) });
      return;
    }
    case 'succeedTask': {
      const { outputJson } = disposition;
      const outcome = await delivered(ports, () => callback.succeed(request.taskToken, outputJson));
      if (outcome.kind === 'taskClosed') {
        const { perhapsByUs = false } = outcome;
        telemetry.record({ kind: 'lateResult', perhapsDelivered: perhapsByUs, ...identityOf(request) });
      }
      if (outcome.kind === 'refused') {
        telemetry.record({ kind: 'resultRefused', reason: outcome.reason, ...identityOf(request) });
        return failed(ports, message, settlement, resultRefused(outcome.reason));
      }
      return outcome.kind === 'unavailable' ? undefined : queues.delete(message);
    }
    case 'failTask':
      return failed(ports, message, settlement, disposition.failure);
  }
}

/** A message that must stay hidden is deleted by whoever receives it next, because nobody waits for it any more. */
async function failed(
  ports: Ports,
  message: Message,
  settlement: Settlement,
  failure: TaskFailure,
): Promise<void> {
  const { taskToken } = settlement.request;
  const outcome = await delivered(ports, () => ports.callback.fail(taskToken, failure));
  if (outcome.kind === 'unavailable') return;
  if (failure.error === TASK_ERRORS.deadlineExceeded)
    ports.telemetry.record({ kind: 'abandoned', why: 'deadlinePassed', ...identityOf(settlement.request) });
  const hiddenMs = hiddenForMs(ports, settlement);
  return hiddenMs > 0 ? ports.queues.defer(message, hiddenMs) : ports.queues.delete(message);
}

function hiddenForMs({ clock }: Pick<Ports, 'clock'>, { hiddenUntilMs = 0 }: Settlement): number {
  return Math.max(0, hiddenUntilMs - clock.nowMs());
}

/** What a task is told whose result Step Functions does not take. */
export function resultRefused(reason: string): TaskFailure {
  const cause = `the call succeeded but Step Functions does not take its result: ${reason}`;
  return { error: TASK_ERRORS.responseRefused, cause };
}

/**
 * Writes the ledger first. A call's own outcome counts also where it cannot be written: a later delivery then finds
 * the call started, and reports its outcome as unknown. A lookup's "not executed" counts only once the entry is gone,
 * because only then does nobody else rely on it.
 */
async function afterChange(ports: Ports, { request, disposition, change }: Settlement): Promise<Disposition> {
  if (change === undefined) return disposition;
  const written = await changed(ports, change);
  const reliesOnIt = request.lookup && change.entry === undefined;
  return written || !reliesOnIt ? disposition : { kind: 'giveBack', delayMs: LOOK_AGAIN_AFTER_MS };
}

async function changed({ ledger, telemetry }: Ports, change: LedgerChange): Promise<boolean> {
  try {
    return await ledger.change(change);
  } catch (error) {
    telemetry.record({ kind: 'problem', what: 'write the ledger', reason: String(error) });
    return false;
  }
}

/**
 * Repeats a callback with growing, jittered waits until it is delivered or the budget for settling is spent. One that
 * was not answered may have been taken all the same: then the repeat finds the task closed, perhaps by us.
 */
export async function delivered(
  { clock, random, telemetry }: Pick<Ports, 'clock' | 'random' | 'telemetry'>,
  attempt: () => Promise<ResumeOutcome>,
): Promise<ResumeOutcome> {
  let isRepeat = false;
  const giveUpAtMs = clock.nowMs() + SETTLE_BUDGET_MS - CALLBACK_MAX_MS;
  for (let backoffMs = FIRST_RETRY_MS; ; backoffMs = Math.min(LONGEST_RETRY_MS, backoffMs * 2)) {
    const outcome = await attempt();
    if (outcome.kind === 'taskClosed' && isRepeat) return { ...outcome, perhapsByUs: true };
    if (outcome.kind !== 'unavailable') return outcome;
    isRepeat = true;
    telemetry.record({ kind: 'callbackRetried', reason: outcome.reason });
    const retryAtMs = clock.nowMs() + Math.ceil((backoffMs * (1 + random.ratio())) / 2);
    if (retryAtMs > giveUpAtMs) return outcome;
    await clock.sleepUntil(retryAtMs);
  }
}
