import { PRIORITIES } from '../../lambdas/core/contracts/priority.js';
import type { Drain } from '../../lambdas/core/planning/drain.js';
import { durationText, percentText, perSecondText } from '../../lambdas/core/planning/words.js';
import type { Status } from '../../lambdas/core/status/status.js';
import { waitingText } from '../../lambdas/core/status/waiting-text.js';
import { whyWaiting } from '../../lambdas/core/status/why-waiting.js';
import { columns, instantText, limitsText } from '../words.js';
import type { FullStatus } from './read-status.js';
import { recentText } from './recent-text.js';

/** The status on one screen: first who waits, and why. */
export function statusText(status: FullStatus): string {
  const { api, at, classes, slots, paused, parked } = status;
  const rows = PRIORITIES.map((priority) => {
    const { inFlight, drain } = classes[priority];
    return [
      priority,
      waitingCount(classes[priority]),
      String(inFlight),
      oldestText(status, priority),
      drainText(drain),
    ];
  });
  return [
    `${api}  ${instantText(at)}`,
    '',
    waitingText(status, whyWaiting(status)),
    '',
    ...columns([['', 'waiting', 'in flight', 'oldest', 'drains in'], ...rows]),
    '',
    `Limit    ${limitLine(status)}`,
    ...recentText(status.recent),
    `Slots    ${slots.records} have a record; at most ${slots.most} serve`,
    `Gate     ${gateText(status)}`,
    `Paused   ${paused.length === 0 ? 'nothing' : paused.join(', ')}`,
    `Parked   ${parked === 0 ? 'nothing' : `${parked} messages were given up; see rlo dead-letters list`}`,
    ...failuresText(status),
  ].join('\n');
}

/** Tenants beyond their allowance wait behind all others, so they are told apart. */
function waitingCount({ waiting, waitingBeyond = 0 }: Status['classes']['HIGH']): string {
  return waitingBeyond === 0 ? String(waiting) : `${waiting} (${waitingBeyond} beyond)`;
}

function oldestText({ classes }: Status, priority: (typeof PRIORITIES)[number]): string {
  const { waiting, inFlight, oldestMs, oldestIsAtMost } = classes[priority];
  if (waiting + inFlight === 0) return '-';
  if (oldestMs === null) return 'unknown';
  return `${oldestIsAtMost ? 'at most ' : ''}${durationText(oldestMs)}`;
}

function drainText(drain: Drain): string {
  switch (drain.kind) {
    case 'empty':
      return '-';
    case 'after':
      return durationText(drain.durationMs);
    case 'paused':
      return 'paused';
    case 'outOfQuota':
      return 'not before the quota renews';
    case 'unpaced':
      return 'as the API answers';
  }
}

function limitLine({ limits }: Status): string {
  const { inForce, from, fault, callsPerSecondMax, quotaCallsLeft } = limits;
  const named = `${limitsText(inForce)}${from === 'configuration' ? '' : ', set by hand'}`;
  if (fault !== null) return `${named}: REFUSED by the slots, no call is made: ${fault}`;
  const rate =
    callsPerSecondMax === null
      ? ''
      : `: at most ${perSecondText(callsPerSecondMax)}, a hold of ${limits.holdMs} ms`;
  return `${named}${rate}${quotaCallsLeft === null ? '' : `; the quota has ${quotaCallsLeft} calls left`}`;
}

function gateText(status: Status): string {
  const { maintenance } = status;
  if (maintenance === null) return gateStateText(status);
  const { holdsCalls, from, until } = maintenance;
  if (holdsCalls) return `maintenance until ${instantText(until)}; ${gateStateText(status)}`;
  return `${gateStateText(status)}; next maintenance from ${instantText(from)} to ${instantText(until)}`;
}

function gateStateText({ gate: { state, until, ratio } }: Status): string {
  switch (state) {
    case 'open':
      return 'open';
    case 'slowed':
      return `open, slowed to ${percentText(ratio)} since the API refused calls; it recovers by itself`;
    case 'closed':
      return `closed until ${instantText(until)}: the API asked for it, or a quota is spent`;
    case 'breakerOpen':
      return `breaker open: the API fails every call; one call tries at ${instantText(until)}`;
  }
}

function failuresText({ lastFailures }: Status): readonly string[] {
  if (lastFailures.length === 0) return ['Failures none'];
  const rows = lastFailures.map(({ endedAt, name, error, status }) => [
    instantText(endedAt),
    error ?? status ?? '',
    name,
  ]);
  return ['Failures', ...columns(rows, 'left')];
}
