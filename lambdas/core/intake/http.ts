import type { Problem } from '../contracts/intake-answers.js';

/** A request as API Gateway passes it on, its body decoded. */
export interface IntakeRequest {
  /** `METHOD /path`, or `$default`. */
  readonly routeKey: string;
  readonly method: string;
  readonly path: string;
  /** The path variable. */
  readonly id: string | undefined;
  readonly query: Readonly<Record<string, string>>;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface IntakeAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Written as JSON. */
  readonly body: unknown;
}

/** What can go wrong, by the last part of its type, with its status and title. */
export const PROBLEMS = {
  'invalid-request': [400, 'The request is not valid'],
  'unknown-call': [404, 'There is no such call'],
  'unknown-route': [404, 'There is no such resource'],
  'method-not-allowed': [405, 'The resource does not have this method'],
  'call-ended': [409, 'The call has ended'],
  'not-expeditable': [409, 'The call cannot be expedited now'],
  'deadline-out-of-reach': [409, 'The call cannot start before its deadline'],
  'body-too-large': [413, 'The body is too large'],
  'unsupported-media-type': [415, 'The body must be JSON'],
  'key-reused': [422, 'The idempotency key belongs to another request'],
  'internal-error': [500, 'The intake failed'],
  'backlog-full': [503, 'Too many calls of this priority wait already'],
  'temporarily-unavailable': [503, 'A service behind the intake does not answer'],
} as const satisfies Readonly<Record<string, readonly [status: number, title: string]>>;

export type ProblemType = keyof typeof PROBLEMS;

const TYPE_PREFIX = 'urn:problem-type:rate-limited-orchestrator:';

export type ProblemDetails = Omit<Problem, 'type' | 'title' | 'status'>;

export function problem(type: ProblemType, details: ProblemDetails): Problem {
  const [status, title] = PROBLEMS[type];
  return { type: TYPE_PREFIX + type, title, status, ...details };
}

export function problemAnswer(type: ProblemType, details: ProblemDetails): IntakeAnswer {
  return answerWith(problem(type, details));
}

export function answerWith(body: Problem): IntakeAnswer {
  return {
    status: body.status,
    headers: {
      'content-type': 'application/problem+json',
      ...(body.retryAfterSeconds === undefined ? {} : { 'retry-after': String(body.retryAfterSeconds) }),
    },
    body,
  };
}

export function invalid(faults: readonly string[]): Problem {
  const count = `${faults.length} fault${faults.length === 1 ? '' : 's'}`;
  return problem('invalid-request', { detail: `the request has ${count}`, faults: [...faults] });
}
