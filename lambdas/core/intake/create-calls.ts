import type { OrchestratorConfig } from '../config/orchestrator-config.js';
import {
  BATCH_BODY_MAX_BYTES,
  BATCH_CALLS_MAX,
  CALL_BODY_MAX_BYTES,
  IDEMPOTENCY_HEADER,
} from '../contracts/intake-api.js';
import { answerWith, type IntakeAnswer, type IntakeRequest, invalid } from './http.js';
import type { IntakePorts } from './ports.js';
import { readBody } from './read-body.js';
import { type Taken, takeCall } from './take-call.js';

/** `POST /calls`. The Idempotency-Key header is the call's own key, wherever that is not in the body. */
export async function createCall(
  ports: IntakePorts,
  config: OrchestratorConfig,
  request: IntakeRequest,
): Promise<IntakeAnswer> {
  const body = readBody(request, CALL_BODY_MAX_BYTES);
  if (body.kind === 'refused') return answerWith(body.problem);
  const keyed = withKey(body.value, unquoted(request.headers[IDEMPOTENCY_HEADER]));
  if (keyed.kind === 'contradiction')
    return answerWith(
      invalid([
        'idempotencyKey: differs from the Idempotency-Key header; send one of them, or twice the same',
      ]),
    );
  const taken = await takeCall(ports, config, keyed.value);
  if (taken.kind === 'refused') return answerWith(taken.problem);
  return { status: 202, headers: { location: `/calls/${taken.call.id}` }, body: taken.call };
}

/** `POST /calls/batch`: each call is taken or refused for itself, in the answer at its own index. */
export async function createCalls(
  ports: IntakePorts,
  config: OrchestratorConfig,
  request: IntakeRequest,
): Promise<IntakeAnswer> {
  const body = readBody(request, BATCH_BODY_MAX_BYTES);
  if (body.kind === 'refused') return answerWith(body.problem);
  const faults = [
    ...(request.headers[IDEMPOTENCY_HEADER] === undefined
      ? []
      : ['Idempotency-Key: names one call; give each call of a batch an idempotencyKey of its own']),
    ...batchFaults(body.value),
  ];
  if (faults.length > 0) return answerWith(invalid(faults));
  const { calls } = body.value as { readonly calls: readonly unknown[] };
  const results: ReturnType<typeof resultOf>[] = [];
  // The first of a group refreshes the figures for all, and what it lets in counts for the next group.
  for (let start = 0; start < calls.length; start += AT_ONCE) {
    const group = calls.slice(start, start + AT_ONCE).map((call) => takeCall(ports, config, call));
    results.push(...(await Promise.all(group)).map(resultOf));
  }
  return { status: 200, body: { results } };
}

/** Executions of one batch that are started at the same time: more would only wait for each other's throttling. */
const AT_ONCE = 10;

function resultOf(taken: Taken) {
  return taken.kind === 'taken'
    ? { status: 202, call: taken.call }
    : { status: taken.problem.status, problem: taken.problem };
}

function batchFaults(body: unknown): readonly string[] {
  const calls: unknown = isObject(body) ? body['calls'] : undefined;
  if (!isObject(body) || !Array.isArray(calls)) return ['calls: expected a list of calls'];
  const others = Object.keys(body).filter((name) => name !== 'calls');
  return [
    ...(calls.length >= 1 && calls.length <= BATCH_CALLS_MAX
      ? []
      : [`calls: expected 1 to ${BATCH_CALLS_MAX} calls but got ${calls.length}`]),
    ...others.map((name) => `${name.slice(0, 80)}: unknown field; remove it or correct its name`),
  ];
}

type Keyed = { readonly kind: 'value'; readonly value: unknown } | { readonly kind: 'contradiction' };

function withKey(body: unknown, key: string | undefined): Keyed {
  if (key === undefined || !isObject(body)) return { kind: 'value', value: body };
  if (body['idempotencyKey'] !== undefined && body['idempotencyKey'] !== key)
    return { kind: 'contradiction' };
  return { kind: 'value', value: { ...body, idempotencyKey: key } };
}

/** The header's standard wants a quoted text, and most clients send a bare one. */
function unquoted(header: string | undefined): string | undefined {
  return /^"(.*)"$/.exec(header ?? '')?.[1] ?? header;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
