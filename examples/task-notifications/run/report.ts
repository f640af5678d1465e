import type { Facts } from './scenario.js';

/** The facts as people read them. */
export function reportOf(facts: Facts): string {
  const { mailApi, assignmentsWaitedMs, digestsWaitedMs, digestsOvertaken, reminders, sentTwice } = facts;
  return [
    `Assignments  ${waits(assignmentsWaitedMs)}; ${digestsOvertaken} of ${digestsWaitedMs.length} digests came after all of them`,
    `Digests      ${waits(digestsWaitedMs)}`,
    `Reminders    ${reminders.sent} sent, ${reminders.ofDeletedTasks} of the deleted task`,
    `Mail API     ${mailApi.calls} mails, ${mailApi.maxInFlight} in flight at most, worst window ${mailApi.worstWindowCalls ?? 0} of ${mailApi.limitCalls ?? 0}, ${mailApi.responses429} times 429, ${sentTwice.length} sent twice`,
  ].join('\n');
}

function waits(ms: readonly number[]): string {
  const sorted = [...ms].sort((one, other) => one - other);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  return `${sorted.length} mails, waited ${seconds(median)} s in the median, ${seconds(sorted.at(-1) ?? 0)} s at most`;
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(1);
}
