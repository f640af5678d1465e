import type { Execution } from '../execution.js';
import { parseData, toData, type Data, type Json } from '../json.js';
import { StateError } from '../state-error.js';

/** The answer of `states:startExecution`. */
export function nestedAnswer({ start, startMs }: Execution): Json {
  return { ExecutionArn: start.arn, StartDate: startMs };
}

/**
 * The result of `states:startExecution.sync:2`, with input and output as JSON and not as text.
 *
 * An execution that did not succeed is a States.TaskFailed whose cause is its description, as on AWS.
 */
export function nestedEnd(execution: Execution): Data | StateError {
  const { start, startMs, state } = execution;
  if (state.status === 'RUNNING') throw new Error('a nested execution was read before it ended');
  const description = {
    ExecutionArn: start.arn,
    InputDetails: { Included: true },
    Name: start.name,
    StartDate: startMs,
    StateMachineArn: start.machine.arn,
    Status: state.status,
    StopDate: state.stopMs,
  };
  if (state.status === 'SUCCEEDED') {
    const output = { Output: state.output.value, OutputDetails: { Included: true } };
    return toData({ ...description, Input: start.input.value, ...output }, 'states');
  }
  const { error, cause } = state.details;
  const failure = {
    ...(error === undefined ? {} : { Error: error }),
    ...(cause === undefined ? {} : { Cause: cause }),
  };
  return new StateError(
    'States.TaskFailed',
    JSON.stringify({ ...description, Input: start.input.text, ...failure }),
  );
}

/** The parts of `states:startExecution`'s arguments, checked. */
export function nestedRequest(
  args: unknown,
): { stateMachineArn: string; name: string | undefined; input: Data } | undefined {
  if (typeof args !== 'object' || args === null) return undefined;
  const {
    StateMachineArn: stateMachineArn,
    Name: name,
    Input: input,
  } = args as Record<string, Json | undefined>;
  if (typeof stateMachineArn !== 'string' || (name !== undefined && typeof name !== 'string'))
    return undefined;
  const data =
    typeof input === 'string' ? parseData(input) : { value: input ?? {}, text: JSON.stringify(input ?? {}) };
  return data && { stateMachineArn, name, input: data };
}
