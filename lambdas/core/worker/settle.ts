import type { TaskRequest } from '../contracts/task-request.js';
import { SETTLE_BUDGET_MS } from '../config/timings.js';
import type { Disposition } from '../outcomes/disposition.js';
import type { Message, Ports, ResumeOutcome } from '../ports.js';
import { identityOf } from './call-identity.js';

const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 2_000;

/**
 * Carries out what was decided about a message: resume its task, then delete it, in this order, so that a crash
 * in between loses neither.
 *
 * A callback that cannot be delivered is repeated as a callback, never by calling the legacy API again. When it
 * cannot be delivered in the time there is, the message stays in its queue. Throws when a queue fails.
 */
export async function settle(
  ports: Ports,
  message: Message,
  request: TaskRequest,
  disposition: Disposition,
): Promise<void> {
  const { queues, telemetry, callback } = ports;
  switch (disposition.kind) {
    case 'drop':
      return queues.delete(message);
    case 'giveBack':
      await queues.defer(message, disposition.delayMs);
      telemetry.record({ kind: 'deferred', delayMs: disposition.delayMs, ...identityOf(request) });
      return;
    case 'succeedTask': {
      const { outputJson } = disposition;
      const outcome = await delivered(ports, () => callback.succeed(request.taskToken, outputJson));
      if (outcome.kind === 'taskClosed') telemetry.record({ kind: 'lateResult', ...identityOf(request) });
      return outcome.kind === 'unavailable' ? undefined : queues.delete(message);
    }
    case 'failTask': {
      const { failure } = disposition;
      const outcome = await delivered(ports, () => callback.fail(request.taskToken, failure));
      return outcome.kind === 'unavailable' ? undefined : queues.delete(message);
    }
  }
}

/** Repeats a callback with growing, jittered waits until it is delivered or the budget for settling is spent. */
export async function delivered(
  { clock, random, telemetry }: Pick<Ports, 'clock' | 'random' | 'telemetry'>,
  attempt: () => Promise<ResumeOutcome>,
): Promise<ResumeOutcome> {
  const giveUpAtMs = clock.nowMs() + SETTLE_BUDGET_MS - LONGEST_RETRY_MS;
  for (let backoffMs = FIRST_RETRY_MS; ; backoffMs = Math.min(LONGEST_RETRY_MS, backoffMs * 2)) {
    const outcome = await attempt();
    if (outcome.kind !== 'unavailable') return outcome;
    telemetry.record({ kind: 'callbackRetried', reason: outcome.reason });
    const retryAtMs = clock.nowMs() + Math.ceil((backoffMs * (1 + random.ratio())) / 2);
    if (retryAtMs > giveUpAtMs) return outcome;
    await clock.sleepUntil(retryAtMs);
  }
}
