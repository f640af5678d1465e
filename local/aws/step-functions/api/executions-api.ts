import type { Execution } from '../execution.js';
import type { Executions } from '../executions.js';
import { exceedsLimit, parseData, type Data } from '../json.js';
import { ApiError } from './api-error.js';
import { wireEvent } from './history-events.js';
import { pageOf } from './page.js';
import type { Parameters } from './parameters.js';

const statuses = ['SUCCEEDED', 'TIMED_OUT', 'PENDING_REDRIVE', 'ABORTED', 'FAILED', 'RUNNING'] as const;

export function describeExecution(executions: Executions, parameters: Parameters): object {
  const change = findExecution(executions, parameters).statusChange;
  const { startDate, stopDate, redriveDate, ...rest } = change;
  const present = Object.entries(rest).filter(([, value]) => value !== null);
  return {
    ...Object.fromEntries(present),
    startDate: startDate / 1_000,
    ...(stopDate === null ? {} : { stopDate: stopDate / 1_000 }),
    ...(redriveDate === null ? {} : { redriveDate: redriveDate / 1_000 }),
  };
}

/** The executions of one state machine, or those that one run of a Map started, the newest first. */
export function listExecutions(executions: Executions, starterArn: string, parameters: Parameters): object {
  const status = parameters.oneOf('statusFilter', statuses);
  const matching = [...executions].filter(
    ({ start, state }) =>
      (start.mapRunArn ?? start.machine.arn) === starterArn &&
      (status === undefined || state.status === status),
  );
  const list = `ListExecutions/${starterArn}/${status ?? ''}`;
  const { items, ...rest } = pageOf(matching, ({ start }) => start.sequence, parameters, {
    list,
    newestFirst: true,
  });
  return { executions: items.map(listItem), ...rest };
}

export function getExecutionHistory(executions: Executions, parameters: Parameters): object {
  const execution = findExecution(executions, parameters);
  const includeExecutionData = parameters.boolean('includeExecutionData', true);
  const { items, ...rest } = pageOf(execution.history.events, ({ id }) => id, parameters, {
    list: `GetExecutionHistory/${execution.start.arn}`,
    newestFirst: parameters.boolean('reverseOrder', false),
  });
  return { events: items.map((event) => wireEvent(event, includeExecutionData)), ...rest };
}

/** The execution that `executionArn` names, or the ApiError ExecutionDoesNotExist. */
export function findExecution(executions: Executions, parameters: Parameters): Execution {
  const arn = parameters.arn('executionArn');
  const execution = executions.find(arn);
  if (!execution) throw new ApiError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
  return execution;
}

/** The `input` of StartExecution: JSON of at most 256 KiB; absent means an empty object. */
export function readExecutionInput(parameters: Parameters): Data {
  const text = parameters.optionalString('input', Number.MAX_SAFE_INTEGER) ?? '{}';
  const input = parseData(text);
  if (!input)
    throw new ApiError(
      'InvalidExecutionInput',
      "Invalid State Machine Execution Input: 'the input is not JSON'",
    );
  if (exceedsLimit(text)) {
    throw new ApiError(
      'InvalidExecutionInput',
      "Invalid State Machine Execution Input: 'the input exceeds 262144 bytes'",
    );
  }
  return input;
}

function listItem({ start, startMs, state, redriveCount, redriveMs }: Execution): object {
  return {
    executionArn: start.arn,
    stateMachineArn: start.machine.arn,
    ...(start.mapRunArn === undefined ? {} : { mapRunArn: start.mapRunArn }),
    name: start.name,
    status: state.status,
    startDate: startMs / 1_000,
    ...('stopMs' in state ? { stopDate: state.stopMs / 1_000 } : {}),
    redriveCount,
    ...(redriveMs === undefined ? {} : { redriveDate: redriveMs / 1_000 }),
  };
}
