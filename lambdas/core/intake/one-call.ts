import type { OrchestratorConfig } from '../config/orchestrator-config.js';
import type { CallDetails, Problem } from '../contracts/intake-answers.js';
import { CALL_BODY_MAX_BYTES } from '../contracts/intake-api.js';
import { type CallInput, inputOf } from '../status/call-input.js';
import { highCopyOf } from '../status/high-copy.js';
import { phaseOf } from '../status/phase.js';
import { refusalOf } from './admit.js';
import { answerWith, type IntakeAnswer, type IntakeRequest, invalid, problemAnswer } from './http.js';
import { outlookFor } from './outlook.js';
import type { FoundCall, IntakePorts } from './ports.js';
import { readBody } from './read-body.js';
import { estimateOf, linksOf, summaryOf } from './shown-call.js';

type OfOneCall = (
  ports: IntakePorts,
  config: OrchestratorConfig,
  request: IntakeRequest,
  found: FoundCall,
) => Promise<IntakeAnswer>;

/** Answers 404 where there is no such call. */
export function ofOneCall(answer: OfOneCall) {
  return async (ports: IntakePorts, config: OrchestratorConfig, request: IntakeRequest) => {
    const id = request.id ?? '';
    const found = /^[A-Za-z0-9_-]{1,80}$/.test(id) ? await ports.calls.find(id) : undefined;
    if (found !== undefined) return answer(ports, config, request, found);
    return problemAnswer('unknown-call', {
      detail: `no call has the id ${id.slice(0, 80)}; ids are those that POST /calls returns`,
    });
  };
}

/** `GET /calls/{id}` */
export const showCall: OfOneCall = async (ports, config, _request, found) => ({
  status: 200,
  body: await detailsOf(ports, config, found),
});

/** `DELETE /calls/{id}`: safe to repeat. */
export const cancelCall: OfOneCall = async ({ calls }, _config, _request, found) => {
  if (found.status === 'RUNNING') await calls.stop(found.arn, 'cancelled over HTTP');
  // It may have ended by itself at the same moment.
  const now = found.status === 'RUNNING' ? ((await calls.find(found.id)) ?? found) : found;
  if (now.status !== 'ABORTED')
    return problemAnswer('call-ended', {
      detail: `call ${now.id} has ended: ${now.status}; only a running call can be cancelled`,
    });
  return { status: 200, body: summaryOf(now) };
};

/**
 * `PATCH /calls/{id}`: serves a waiting call as HIGH. SQS cannot move a message, so a HIGH copy of it is sent, and both
 * resume the same task: whichever a slot takes second is dropped.
 */
export const expediteCall: OfOneCall = async (ports, config, request, found) => {
  const body = readBody(request, CALL_BODY_MAX_BYTES);
  if (body.kind === 'refused') return answerWith(body.problem);
  const faults = patchFaults(body.value);
  if (faults.length > 0) return answerWith(invalid(faults));
  if (found.status !== 'RUNNING')
    return problemAnswer('call-ended', { detail: `call ${found.id} has ended: ${found.status}` });
  const cannot = (why: string, when: { readonly retryAfterSeconds?: number } = {}) =>
    problemAnswer('not-expeditable', { detail: `call ${found.id}: ${why}`, ...when });
  const standing = await ports.standing.read();
  if (standing?.control.paused.includes('HIGH') === true) return cannot('HIGH is paused');
  const nowMs = ports.nowMs();
  const full = standing === undefined ? undefined : fullFor(config, standing, nowMs);
  if (full !== undefined) return answerWith(full);
  const message = await ports.calls.waitingMessage(found.arn);
  if (message === undefined) return cannot('no call of it waits now');
  const copy = highCopyOf(message, config, nowMs);
  if (copy.kind === 'refused') return cannot(copy.why);
  const tooSoonMs = copy.safeFromMs - nowMs;
  if (tooSoonMs > 0)
    return cannot('it has only just begun to wait; repeat the request', {
      retryAfterSeconds: Math.ceil(tooSoonMs / 1_000),
    });
  await ports.sendHigh(copy.body, copy.tenant);
  await ports.ring();
  return {
    status: 202,
    body: { id: found.id, status: found.status, servedAs: 'HIGH', links: linksOf(found.id, found.status) },
  };
};

/** HIGH has no more room for what came as another class than for what comes as HIGH. */
function fullFor(config: OrchestratorConfig, standing: Read, nowMs: number): Problem | undefined {
  return refusalOf(config, { priority: 'HIGH' }, outlookFor(config, standing, 'HIGH'), nowMs);
}

function patchFaults(body: unknown): readonly string[] {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return ['body: expected an object such as {"priority":"HIGH"}'];
  const { priority, ...others } = body as Readonly<Record<string, unknown>>;
  return [
    ...(priority === 'HIGH'
      ? []
      : ['priority: expected HIGH; a call that waits can become the most urgent, and nothing else']),
    ...Object.keys(others).map((name) => `${name.slice(0, 80)}: cannot be changed; remove it`),
  ];
}

async function detailsOf(
  ports: IntakePorts,
  config: OrchestratorConfig,
  found: FoundCall,
): Promise<CallDetails> {
  const call = inputOf(found.inputJson, found.arn);
  const isRunning = found.status === 'RUNNING';
  const [standing, lastEvent, entry] = isRunning
    ? await Promise.all([
        ports.standing.read(),
        ports.calls.lastEvent(found.arn),
        ledgerEntryOf(ports, config, call),
      ])
    : [];
  const nowMs = ports.nowMs();
  const inFlight = standing?.queues[call.priority].inFlight ?? 1;
  const phase = phaseOf({ isRunning, lastEvent, inFlight, entry, nowMs });
  const waits = (phase === 'queued' || phase === 'queuedOrCalling') && standing !== undefined;
  return {
    ...summaryOf(found),
    ...call,
    phase,
    estimate: waits ? estimateOf(outlookFor(config, withoutIt(standing, call), call.priority), nowMs) : null,
    ...(found.outputJson === undefined ? {} : { result: JSON.parse(found.outputJson) as unknown }),
    ...(found.error === undefined ? {} : { error: found.error }),
    ...(found.cause === undefined ? {} : { cause: found.cause }),
  };
}

type Read = NonNullable<Awaited<ReturnType<IntakePorts['standing']['read']>>>;

/** The call itself is among those that wait, and is not to be counted twice. */
function withoutIt(standing: Read, { priority }: CallInput): Read {
  const contents = standing.queues[priority];
  const others = { ...contents, waiting: Math.max(0, contents.waiting - 1) };
  return { ...standing, queues: { ...standing.queues, [priority]: others } };
}

/** Only `once` calls are in the ledger. */
async function ledgerEntryOf(
  { ledger }: IntakePorts,
  { operations }: OrchestratorConfig,
  { operation, idempotencyKey }: CallInput,
) {
  if (operations[operation]?.effect !== 'once') return undefined;
  return ledger.read({ operation, idempotencyKey });
}
