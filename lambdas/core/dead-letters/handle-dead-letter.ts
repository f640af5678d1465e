import type { OrchestratorConfig } from '../config/orchestrator-config.js';
import { TASK_ERRORS } from '../contracts/task-errors.js';
import { type ParsedTaskRequest, parseTaskRequest, type TaskRequest } from '../contracts/task-request.js';
import { claimantOf, isInLedger, keyOf } from '../ledger/claimant.js';
import { type Answer, failTask } from '../outcomes/disposition.js';
import type { ResumeOutcome } from '../ports.js';
import { identityOf } from '../worker/call-identity.js';
import { resultRefused } from '../worker/settle.js';
import type { DeadLetter, DeadLetterPorts, TaskEnd } from './dead-letter.js';
import { type Fate, fateOf, givenUp } from './fate.js';

/** How soon a letter comes back whose task could not be told. */
const TELL_AGAIN_AFTER_MS = 30_000;

const SUCCEEDED = { error: undefined, cause: 'its call had succeeded: the ledger had the result' };

/** `finished`: to be deleted. `comesBack`: stays on the dead-letter queue. */
export type Handled = 'finished' | 'comesBack';

/**
 * Ends the task that waits for a message which SQS gave up, then parks the message: in this order, so that whatever
 * fails in between, no task waits in vain and no message vanishes. A second time does no harm: the task is closed by
 * then, and at worst the message is parked twice.
 *
 * Never throws: where something cannot be reached, the letter comes back.
 */
export async function handleDeadLetter(
  ports: DeadLetterPorts,
  config: OrchestratorConfig,
  letter: DeadLetter,
): Promise<Handled> {
  try {
    return await endTaskAndPark(ports, config, letter);
  } catch (error) {
    ports.telemetry.record({ kind: 'problem', reason: nameOf(error) });
    return 'comesBack';
  }
}

async function endTaskAndPark(
  ports: DeadLetterPorts,
  config: OrchestratorConfig,
  letter: DeadLetter,
): Promise<Handled> {
  const parsed = parseTaskRequest(letter.body);
  const fate = parsed.kind === 'malformed' ? malformed(parsed) : await fateIn(ports, config, letter, parsed);
  if (fate.kind === 'wait')
    return postpone(ports, letter, fate.untilMs - ports.clock.nowMs(), 'mayBeRunning');
  const told = await tell(ports, tokenOf(parsed), fate);
  if (told === undefined) return postpone(ports, letter, TELL_AGAIN_AFTER_MS, 'callbackFailed');
  const { task, answer } = told;
  const { body, receiveCount, enqueuedAtMs } = letter;
  const { error, cause: reason } = answer.kind === 'failTask' ? answer.failure : SUCCEEDED;
  const parkedAtMs = ports.clock.nowMs();
  await ports.parking.park({ body, task, error, reason, receiveCount, enqueuedAtMs, parkedAtMs });
  const call = parsed.kind === 'request' ? identityOf(parsed.request) : undefined;
  ports.telemetry.record({ kind: 'parked', task, error, receiveCount, call });
  return 'finished';
}

async function fateIn(
  { ledger, fingerprint, clock }: DeadLetterPorts,
  config: OrchestratorConfig,
  letter: DeadLetter,
  { request }: { readonly request: TaskRequest },
): Promise<Fate> {
  if (!isInLedger(config, request)) return givenUp(letter);
  const entry = await ledger.read(keyOf(request));
  return fateOf(letter, request, entry, claimantOf(request, fingerprint, clock.nowMs()));
}

function malformed({ faults }: { readonly faults: readonly string[] }): Answer {
  return failTask(TASK_ERRORS.invalidRequest, `the message is not a task request: ${faults.join('; ')}`);
}

function tokenOf(parsed: ParsedTaskRequest): string | undefined {
  return parsed.kind === 'request' ? parsed.request.taskToken : parsed.taskToken;
}

/** @returns what the task was told, and what became of it; undefined where Step Functions could not take it now. */
async function tell(
  { callback }: Pick<DeadLetterPorts, 'callback'>,
  taskToken: string | undefined,
  answer: Answer,
): Promise<{ readonly task: TaskEnd; readonly answer: Answer } | undefined> {
  if (taskToken === undefined) return { task: 'unknown', answer };
  if (answer.kind === 'failTask') {
    const task = endOf(await callback.fail(taskToken, answer.failure), 'failed');
    return task && { task, answer };
  }
  const outcome = await callback.succeed(taskToken, answer.outputJson);
  if (outcome.kind === 'refused')
    return tell({ callback }, taskToken, { kind: 'failTask', failure: resultRefused(outcome.reason) });
  const task = endOf(outcome, 'resumed');
  return task && { task, answer };
}

function endOf({ kind }: ResumeOutcome, done: TaskEnd): TaskEnd | undefined {
  switch (kind) {
    case 'resumed':
      return done;
    case 'taskClosed':
      return 'closed';
    case 'refused':
      return 'unknown';
    case 'unavailable':
      return undefined;
  }
}

async function postpone(
  { queue, telemetry }: DeadLetterPorts,
  letter: DeadLetter,
  delayMs: number,
  why: 'mayBeRunning' | 'callbackFailed',
): Promise<Handled> {
  await queue.defer(letter, delayMs);
  telemetry.record({ kind: 'postponed', delayMs, why });
  return 'comesBack';
}

/** The name only: messages of services may quote what they were sent. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown error';
}
