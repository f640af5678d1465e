import { sha256 } from '../lambdas/adapters/sha-256.js';
import { type CallableOperations, parseCallRequest } from '../lambdas/core/contracts/call-request.js';
import { EXECUTION_NAME_MAX_CHARACTERS, executionNameOf } from '../lambdas/core/contracts/execution-name.js';
import { canonicalJson } from '../lambdas/core/ledger/canonical-json.js';
import type { Call } from './calls.js';
import { InvalidCallError } from './errors.js';

/** As in the orchestrator's configuration, whose `operations` may be passed whole. */
export type KnownOperations = CallableOperations['operations'];

/** What StartExecution is asked for. */
export interface AcceptedCall {
  /** Undefined where nothing names the call. */
  readonly name: string | undefined;
  /** The same text for the same call, because Step Functions compares it. */
  readonly input: string;
}

const EXECUTION_NAME = new RegExp(`^[A-Za-z0-9_-]{1,${EXECUTION_NAME_MAX_CHARACTERS}}$`);

/** Throws InvalidCallError with every fault, in the sentences of the state machine. */
export function acceptCall(call: Call, operations: KnownOperations | undefined, nowMs: number): AcceptedCall {
  const { executionName, ...asked } = call;
  const input = inputOf(asked);
  // Whoever knows no operations leaves them to the state machine, and so does everybody whether it keeps an order.
  const known = operations ?? { [call.operation]: { effect: 'idempotent' } };
  const parsed = parseCallRequest(JSON.parse(input), { operations: known, ordering: 'perKey' }, nowMs);
  const faults = [...(parsed.kind === 'refused' ? parsed.faults : []), ...nameFaults(executionName)];
  if (parsed.kind === 'refused' || faults.length > 0) throw new InvalidCallError(faults);
  const { operation, idempotencyKey } = parsed.request;
  const keyed =
    idempotencyKey === undefined ? undefined : executionNameOf({ operation, idempotencyKey }, sha256);
  return { name: executionName ?? keyed, input };
}

/** Priority, deadline and notBefore say when, not what: those of the first start stand. */
export function isSameCall(existing: string | undefined, input: string): boolean {
  return existing !== undefined && whatOf(existing) === whatOf(input);
}

function inputOf(asked: object): string {
  try {
    return canonicalJson(asked);
  } catch (cause) {
    throw new InvalidCallError(
      ['payload: expected a value that can be written as JSON, without circles and BigInt'],
      { cause },
    );
  }
}

function nameFaults(executionName: string | undefined): readonly string[] {
  if (executionName === undefined || EXECUTION_NAME.test(executionName)) return [];
  return [
    `executionName: expected 1 to ${EXECUTION_NAME_MAX_CHARACTERS} characters A-Z, a-z, 0-9, - and _ but got ${executionName.slice(0, EXECUTION_NAME_MAX_CHARACTERS)}`,
  ];
}

function whatOf(input: string): string {
  const { operation, payload, idempotencyKey, tenant, orderingKey } = JSON.parse(input) as Readonly<
    Record<string, unknown>
  >;
  return canonicalJson({ operation, payload, idempotencyKey, tenant, orderingKey });
}
