import type { ChoiceState, FailState, PassState, SucceedState, WaitState } from '../asl/definition.js';
import type { Json } from '../json.js';
import { StateError } from '../state-error.js';
import { isTimestamp } from '../timestamp.js';
import { noOutcome, type Exit, type Visit } from './visit.js';

export function runPass(visit: Visit, state: PassState): Promise<Exit> {
  return visit.exit(state, noOutcome, visit.input, state.next);
}

export function runSucceed(visit: Visit, state: SucceedState): Promise<Exit> {
  return visit.exit(state, noOutcome, visit.input, undefined);
}

/** Always throws: its Error and Cause are those of the execution, or of the Parallel or Map around it. */
export async function runFail(visit: Visit, state: FailState): Promise<never> {
  const error = state.error && (await visit.evaluateAs(state.error, 'string', isString));
  const cause = state.cause && (await visit.evaluateAs(state.cause, 'string', isString));
  throw new StateError(error, cause);
}

/** Leaves by the first rule whose condition is true; the state's own Output and Assign serve its Default. */
export async function runChoice(visit: Visit, state: ChoiceState): Promise<Exit> {
  for (const rule of state.choices) {
    if (await visit.evaluateAs(rule.condition, 'boolean', isBoolean)) {
      return visit.exit(rule, noOutcome, visit.input, rule.next);
    }
  }
  if (state.default === undefined) {
    throw new StateError(
      'States.NoChoiceMatched',
      `No choice rule of the state '${state.name}' matched its input`,
    );
  }
  return visit.exit(state, noOutcome, visit.input, state.default);
}

/** Waits for some seconds, or until a time; a time that has passed is no wait at all. */
export async function runWait(visit: Visit, state: WaitState): Promise<Exit> {
  const delayMs = await waitMs(visit, state);
  if (delayMs > 0) await visit.pause(delayMs);
  return visit.exit(state, noOutcome, visit.input, state.next);
}

async function waitMs(visit: Visit, { until }: WaitState): Promise<number> {
  if (until.kind === 'seconds') {
    return 1_000 * (await visit.evaluateAs(until.template, 'integer from 0 to 99999999', isWaitSeconds));
  }
  const timestamp = await visit.evaluateAs(until.template, 'string', isString);
  if (isTimestamp(timestamp)) return Date.parse(timestamp) - visit.services.timers.nowMs();
  return visit.failEvaluation(
    `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${timestamp}`,
    'Timestamp',
  );
}

function isString(value: Json): value is string {
  return typeof value === 'string';
}

function isBoolean(value: Json): value is boolean {
  return typeof value === 'boolean';
}

function isWaitSeconds(value: Json): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 99_999_999;
}
