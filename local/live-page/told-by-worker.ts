import { PRIORITIES, type Priority } from '../../lambdas/core/contracts/priority.js';

/** What a line of the worker's log tells, as far as the page shows it. Times are epoch milliseconds. */
export interface Told {
  readonly kind: string;
  readonly atMs: number;
  readonly slotId: string;
  readonly priority: Priority | undefined;
  readonly execution: string;
  readonly outcome: string;
  readonly reason: string | undefined;
  readonly serviceTimeMs: number;
  readonly crashWaitMs: number;
  readonly forMs: number;
  readonly text: string;
}

/** Undefined for anything but a structured line: metrics, and what else a process prints. */
export function toldBy(line: string): Told | undefined {
  if (!line.startsWith('{"level"')) return undefined;
  const fields = parse(line);
  if (fields === undefined) return undefined;
  const text = (name: string) => (typeof fields[name] === 'string' ? fields[name] : '');
  const number = (name: string) => (typeof fields[name] === 'number' ? fields[name] : 0);
  return {
    kind: text('message'),
    atMs: Date.parse(text('timestamp')),
    slotId: text('function_request_id'),
    priority: PRIORITIES.find((priority) => priority === fields['priority']),
    execution: text('execution'),
    outcome: text('outcome'),
    reason: text('reason') === '' ? undefined : text('reason'),
    serviceTimeMs: number('serviceTimeMs'),
    crashWaitMs: number('crashWaitMs'),
    forMs: number('forMs'),
    text: text('what'),
  };
}

/** Whether a line was only written because somebody watches. */
export function isDetail(line: string): boolean {
  return line.startsWith('{"level":"DEBUG"');
}

function parse(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(line) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
}
