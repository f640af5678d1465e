import { type ByPriority, PRIORITIES, type Priority } from '../contracts/priority.js';
import { durationText, percentText, perSecondText } from '../planning/words.js';
import type { Status } from './status.js';
import type { Reason } from './why-waiting.js';

/** `HIGH, NORMAL and BATCH` */
const LIST = new Intl.ListFormat('en-GB');

/**
 * Who waits, and why, in whole sentences: one for each reason, with all the classes that it holds for, the most urgent
 * first. `Nothing waits.` where nothing does.
 */
export function waitingText(status: Status, reasons: ByPriority<Reason>): string {
  const classesByWords = new Map<string, Priority[]>();
  for (const priority of PRIORITIES) {
    const words = reasonText(status, reasons[priority]);
    if (words === undefined) continue;
    classesByWords.set(words, [...(classesByWords.get(words) ?? []), priority]);
  }
  if (classesByWords.size === 0) return 'Nothing waits.';
  return [...classesByWords]
    .map(([words, classes]) => `${LIST.format(classes)} ${classes.length === 1 ? 'waits' : 'wait'} ${words}.`)
    .join(' ');
}

/** What follows "waits"; undefined where nothing does. */
export function reasonText({ at, limits, slots }: Status, reason: Reason): string | undefined {
  switch (reason.kind) {
    case 'none':
      return undefined;
    case 'limitsRefused':
      return 'because the limit set by hand is one that slots refuse: nothing is called until it is changed';
    case 'paused':
      return 'because of a pause, which lasts until somebody resumes';
    case 'maintenance':
      return `for the end of a maintenance window: calls start ${whenText(at, reason.until)}`;
    case 'breakerOpen':
      return `because the API fails every call: the breaker is open, one call tries ${whenText(at, reason.until)}`;
    case 'gateClosed':
      return `because the API refused calls and asked for quiet: the gate opens ${whenText(at, reason.until)}`;
    case 'quotaSpent':
      return 'because the quota is spent, until it renews';
    case 'noSlot':
      return 'for a slot to start: none serves';
    case 'slowed':
      return `because the API refused calls a moment ago: they go at ${percentText(reason.ratio)} of the rate, and recover`;
    case 'behind':
      return `behind ${LIST.format(reason.classes)}`;
    case 'slowApi':
      return `because the API is slow: all ${slots.most} slots are in a call, and each takes ${durationText(reason.serviceTimeMs)}`;
    case 'atTheLimit':
      return limits.callsPerSecondMax === null
        ? `for one of ${slots.most} slots: all are in a call`
        : `because of the limit: ${perSecondText(limits.callsPerSecondMax)} is the most that it allows`;
    case 'fewSlots':
      return `for more slots: ${reason.slots} of ${slots.most} serve`;
  }
}

function whenText(at: string, until: string | null): string {
  if (until === null) return 'soon';
  const leftMs = Date.parse(until) - Date.parse(at);
  return leftMs <= 0 ? 'now' : `in ${durationText(Math.ceil(leftMs / 1_000) * 1_000)}`;
}
