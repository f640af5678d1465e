import { STATE_DATA_MAX_BYTES } from './limits.js';

/** A route of the intake, as API Gateway spells it. */
export interface IntakeRoute {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
}

/** Every route of the intake: what infra puts in front, the function answers and the OpenAPI document describes. */
export const INTAKE_ROUTES = {
  createCall: { method: 'POST', path: '/calls' },
  listCalls: { method: 'GET', path: '/calls' },
  createCalls: { method: 'POST', path: '/calls/batch' },
  getCall: { method: 'GET', path: '/calls/{id}' },
  expediteCall: { method: 'PATCH', path: '/calls/{id}' },
  cancelCall: { method: 'DELETE', path: '/calls/{id}' },
  describeApi: { method: 'GET', path: '/openapi.json' },
} as const satisfies Readonly<Record<string, IntakeRoute>>;

export type IntakeOperation = keyof typeof INTAKE_ROUTES;

export function routeKeyOf({ method, path }: IntakeRoute): string {
  return `${method} ${path}`;
}

/** Makes a request safe to repeat. */
export const IDEMPOTENCY_HEADER = 'idempotency-key';

/** Of one call: it becomes state data. */
export const CALL_BODY_MAX_BYTES = STATE_DATA_MAX_BYTES;

/**
 * Of many calls at once, below the 6 MB of a synchronous invocation.
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export const BATCH_BODY_MAX_BYTES = 4_000_000;

/** Calls in one batch: they are started within seconds, and API Gateway waits for thirty. */
export const BATCH_CALLS_MAX = 100;

/** Calls on one page of a list; those of one class need a request each. */
export const PAGE_CALLS_MAX = 100;
export const PAGE_CALLS_DEFAULT = 20;

/** The statuses of an execution. https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListExecutions.html */
export const CALL_STATUSES = [
  'RUNNING',
  'SUCCEEDED',
  'FAILED',
  'TIMED_OUT',
  'ABORTED',
  'PENDING_REDRIVE',
] as const;

export type CallStatus = (typeof CALL_STATUSES)[number];

/** The error of an execution that its caller stopped. */
export const CALLER_CANCELLED = 'Caller.Cancelled';
