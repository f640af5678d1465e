import type { OrchestratorConfig } from '../config/orchestrator-config.js';
import type { AcceptedCall, Problem } from '../contracts/intake-answers.js';
import { type CallRequest, parseCallRequest } from '../contracts/call-request.js';
import { executionNameOf } from '../contracts/execution-name.js';
import { STATE_DATA_MAX_BYTES } from '../contracts/limits.js';
import { DEFAULT_PRIORITY } from '../contracts/priority.js';
import { canonicalJson } from '../ledger/canonical-json.js';
import { refusalOf } from './admit.js';
import { invalid, problem } from './http.js';
import { outlookFor } from './outlook.js';
import { type FoundCall, type IntakePorts, UnavailableError } from './ports.js';
import { estimateOf, linksOf } from './shown-call.js';

export type Taken =
  | { readonly kind: 'taken'; readonly call: AcceptedCall }
  | { readonly kind: 'refused'; readonly problem: Problem };

/**
 * Takes a call: starts its execution, or names every fault of the request. A request with an idempotency key is safe to
 * repeat for the 90 days that Step Functions remembers a name: it leads to the same execution, whether that still
 * runs or has ended, and also where its deadline has passed or the class takes no more calls. Without a key each request
 * is another call.
 *
 * @param input parsed JSON
 */
export async function takeCall(
  ports: IntakePorts,
  config: OrchestratorConfig,
  input: unknown,
): Promise<Taken> {
  const nowMs = ports.nowMs();
  const parsed = parseCallRequest(input, config, nowMs);
  if (parsed.kind === 'refused') return refused(invalid(parsed.faults));
  const { request } = parsed;
  const inputJson = canonicalJson(request);
  if (new TextEncoder().encode(inputJson).length > STATE_DATA_MAX_BYTES)
    return refused(invalid([`input: expected at most ${STATE_DATA_MAX_BYTES} bytes of JSON; shorten it`]));
  const name = nameOf(ports, request);
  const knownOrRefused = async (why: Problem): Promise<Taken> => {
    const known = request.idempotencyKey === undefined ? undefined : await ports.calls.find(name);
    return known === undefined ? refused(why) : sameCall(known, inputJson);
  };
  if (request.deadline !== undefined && Date.parse(request.deadline) <= nowMs)
    return knownOrRefused(invalid(['deadline: has passed, so the call would not be made; allow more time']));
  const standing = await ports.standing.read();
  const priority = request.priority ?? DEFAULT_PRIORITY;
  const outlook = standing === undefined ? undefined : outlookFor(config, standing, priority);
  const refusal = outlook === undefined ? undefined : refusalOf(config, request, outlook, nowMs);
  if (refusal !== undefined) {
    const taken = await knownOrRefused(refusal);
    if (taken.kind === 'refused' && taken.problem === refusal) ports.count.turnedAway(priority);
    return taken;
  }
  if ((await start(ports, name, inputJson)) === 'existed') return earlierCall(ports, name, inputJson);
  ports.count.taken(priority);
  const notBeforeMs = request.notBefore === undefined ? nowMs : Date.parse(request.notBefore);
  if (notBeforeMs <= nowMs) ports.standing.accepted(priority);
  const estimate = estimateOf(outlook, nowMs, notBeforeMs);
  return { kind: 'taken', call: { id: name, status: 'RUNNING', estimate, links: linksOf(name, 'RUNNING') } };
}

function nameOf({ fingerprint, newName }: IntakePorts, { operation, idempotencyKey }: CallRequest): string {
  return idempotencyKey === undefined
    ? newName()
    : executionNameOf({ operation, idempotencyKey }, fingerprint);
}

/** An answer that did not come may belong to a start that took place: under its own name, that can be seen. */
async function start(
  { calls }: IntakePorts,
  name: string,
  inputJson: string,
): Promise<'started' | 'existed'> {
  try {
    return await calls.start(name, inputJson);
  } catch (error) {
    if (!(error instanceof UnavailableError) || (await calls.find(name)) === undefined) throw error;
    return 'existed';
  }
}

async function earlierCall({ calls }: IntakePorts, name: string, inputJson: string): Promise<Taken> {
  const earlier = await calls.find(name);
  // Step Functions remembers the name for longer than it shows the execution.
  if (earlier === undefined)
    return refused(
      problem('key-reused', { detail: 'idempotencyKey: a call with this key has ended; use another key' }),
    );
  return sameCall(earlier, inputJson);
}

function sameCall({ id, status, inputJson }: FoundCall, expectedJson: string): Taken {
  if (canonicalJson(JSON.parse(inputJson)) !== expectedJson)
    return refused(
      problem('key-reused', {
        detail: `idempotencyKey: call ${id} has this key and another body; use another key, or repeat the body`,
      }),
    );
  return { kind: 'taken', call: { id, status, estimate: null, links: linksOf(id, status) } };
}

function refused(because: Problem): Taken {
  return { kind: 'refused', problem: because };
}
