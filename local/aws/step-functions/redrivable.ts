import type { ExecutionStatus } from './status-change.js';

const MS_PER_DAY = 86_400_000;

/** https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html#redrive-eligibility */
const PERIOD_MS = 14 * MS_PER_DAY;
const OPEN_MAX_MS = 365 * MS_PER_DAY;
const EVENTS_MAX = 24_999;

/** An execution as its redrive is decided on. `stopMs` counts only once it has ended. */
export interface Candidate {
  readonly status: ExecutionStatus;
  readonly startMs: number;
  readonly stopMs: number;
  readonly nowMs: number;
  readonly events: number;
}

/** In AWS's words; undefined where the execution can be redriven now. */
export function whyNotRedrivable({ status, startMs, stopMs, nowMs, events }: Candidate): string | undefined {
  if (status === 'RUNNING' || status === 'SUCCEEDED') return `Execution is ${status} and cannot be redriven`;
  if (events >= EVENTS_MAX) return 'Execution history event limit exceeded';
  if (nowMs - startMs > OPEN_MAX_MS) return 'Execution has exceeded the max execution time';
  if (nowMs - stopMs > PERIOD_MS) return 'Execution redrivable period exceeded';
  return undefined;
}
