import type { OrchestratorConfig } from '../config/orchestrator-config.js';
import {
  INTAKE_ROUTES,
  type IntakeOperation,
  type IntakeRoute,
  routeKeyOf,
} from '../contracts/intake-api.js';
import { createCall, createCalls } from './create-calls.js';
import { type IntakeAnswer, type IntakeRequest, problemAnswer } from './http.js';
import { listCalls } from './list-calls.js';
import { cancelCall, expediteCall, ofOneCall, showCall } from './one-call.js';
import { type IntakePorts, UnavailableError } from './ports.js';

type Answerer = (
  ports: IntakePorts,
  config: OrchestratorConfig,
  request: IntakeRequest,
) => IntakeAnswer | Promise<IntakeAnswer>;

const RETRY_SOON_SECONDS = 1;

/**
 * Answers a request over HTTP, and never throws for what AWS does: a service that throttles or cannot be reached
 * becomes 503 with Retry-After.
 *
 * @param document describes the API itself
 */
export async function answerIntake(
  ports: IntakePorts,
  config: OrchestratorConfig,
  request: IntakeRequest,
  document: () => unknown,
): Promise<IntakeAnswer> {
  const answerers: Readonly<Record<IntakeOperation, Answerer>> = {
    createCall,
    createCalls,
    listCalls,
    getCall: ofOneCall(showCall),
    expediteCall: ofOneCall(expediteCall),
    cancelCall: ofOneCall(cancelCall),
    describeApi: () => ({ status: 200, body: document() }),
  };
  const operation = OPERATIONS.find((one) => routeKeyOf(INTAKE_ROUTES[one]) === request.routeKey);
  if (operation === undefined) return unknownRoute(request);
  try {
    return await answerers[operation](ports, config, request);
  } catch (error) {
    if (!(error instanceof UnavailableError)) throw error;
    return problemAnswer('temporarily-unavailable', {
      detail: `${error.message}; repeat the request, with the same idempotency key if it has one`,
      retryAfterSeconds: RETRY_SOON_SECONDS,
    });
  }
}

const OPERATIONS = Object.keys(INTAKE_ROUTES) as readonly IntakeOperation[];

function unknownRoute({ method, path }: IntakeRequest): IntakeAnswer {
  const routes: readonly IntakeRoute[] = Object.values(INTAKE_ROUTES);
  const methods = routes.filter((route) => matches(route.path, path)).map((route) => route.method);
  if (methods.length === 0)
    return problemAnswer('unknown-route', {
      detail: `${path.slice(0, 80)}: unknown; see GET ${INTAKE_ROUTES.describeApi.path}`,
    });
  const allow = [...new Set(methods)].join(', ');
  const answer = problemAnswer('method-not-allowed', {
    detail: `${method} ${path.slice(0, 80)}: expected ${allow}`,
  });
  return { ...answer, headers: { ...answer.headers, allow } };
}

function matches(pattern: string, path: string): boolean {
  const parts = path.split('/');
  const expected = pattern.split('/');
  return (
    parts.length === expected.length &&
    expected.every((part, index) => part === parts[index] || (part === '{id}' && parts[index] !== ''))
  );
}
