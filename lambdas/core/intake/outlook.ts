import type { OrchestratorConfig } from '../config/orchestrator-config.js';
import { byPriority, PRIORITIES, type Priority } from '../contracts/priority.js';
import { closedUntilMs } from '../gate/gate.js';
import { calendarOf } from '../maintenance/calendar.js';
import { drainOf } from '../planning/drain.js';
import { renewsAtMs } from '../quota/quota-book.js';
import { quotasOf } from '../quota/quotas.js';
import { limitsOf } from '../status/status.js';
import type { Standing } from './ports.js';

/** What awaits one more call of a class. */
export interface Outlook {
  /** From 1: calls of its class and of more urgent ones go first, as far as SQS's approximate figures tell. */
  readonly position: number;
  /** It starts no sooner, if nothing more urgent comes. */
  readonly waitMsMin: number;
  /** Why nobody can tell when it starts. */
  readonly unknownBecause: 'paused' | 'limitsRefused' | 'quota' | 'unpaced' | undefined;
}

/**
 * The outlook for a call that comes now, if it is within its tenant's allowance: what waits beyond one in its class is
 * not ahead of it. A pause has no known end, so it does not count in the wait.
 */
export function outlookFor(config: OrchestratorConfig, standing: Standing, priority: Priority): Outlook {
  const { atMs, queues, control, quotaBook } = standing;
  const limits = limitsOf({ atMs, config, control, quotaBook });
  const { waiting, waitingBeyond = 0 } = queues[priority];
  const backlog = byPriority((one) => (one === priority ? waiting - waitingBeyond + 1 : queues[one].waiting));
  const ahead = PRIORITIES.slice(0, PRIORITIES.indexOf(priority) + 1);
  const position = ahead
    .filter((one) => one === priority || !control.paused.includes(one))
    .reduce((sum, one) => sum + backlog[one], 0);
  if (limits.fault !== null) return { position, waitMsMin: 0, unknownBecause: 'limitsRefused' };
  const room = limits.quotaCallsLeft ?? Infinity;
  const closedForMs = Math.max(0, closedUntilMs(control) - atMs);
  const drain = drainOf({
    atMs,
    calendar: calendarOf(config),
    backlog,
    // Its own class counts as served: whether it waits too long does not depend on a pause.
    paused: control.paused.filter((one) => one !== priority),
    callsPerSecond: limits.callsPerSecondMax ?? Infinity,
    closedForMs,
    quotaRoom: Infinity,
  })[priority];
  const pacedMs = drain.kind === 'after' ? drain.durationMs : closedForMs;
  const waitMsMin = Math.max(pacedMs, position <= room ? 0 : quotaWaitMs(config, standing, position - room));
  if (control.paused.includes(priority)) return { position, waitMsMin, unknownBecause: 'paused' };
  if (position > room) return { position, waitMsMin, unknownBecause: 'quota' };
  const unpaced = drain.kind === 'unpaced' && position > 1;
  return { position, waitMsMin, unknownBecause: unpaced ? 'unpaced' : undefined };
}

/** At the earliest: some permits renew soon, and whole windows must pass for what exceeds a whole quota. */
function quotaWaitMs(config: OrchestratorConfig, standing: Standing, beyond: number): number {
  const { atMs, control, quotaBook } = standing;
  const quotas = quotasOf(control.limits ?? config.limits, config.arrivalJitterMs);
  const renewsInMs = Math.max(0, renewsAtMs(quotaBook, quotas, atMs) - atMs);
  const windowsMs = quotas.map(({ calls, spanMs }) => Math.floor((beyond - 1) / calls) * spanMs);
  return Math.max(renewsInMs, ...windowsMs);
}

const BUDGET_RATIO = 0.8;

/**
 * The longest wait for which calls of this class are let in, in milliseconds: where nothing is configured, four fifths
 * of its task timeout, because the outlook is at the earliest and a task that times out was taken in vain.
 */
export function backlogBudgetMs({ intake, priorities }: OrchestratorConfig, priority: Priority): number {
  const configured = intake?.backlogBudgetSeconds[priority];
  return (configured ?? Math.floor(priorities[priority].taskTimeoutSeconds * BUDGET_RATIO)) * 1_000;
}
