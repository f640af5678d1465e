import { exceedsLimit, dataMaxBytes, parseData } from '../json.js';
import { StateError } from '../state-error.js';
import type { OpenTask, TaskTokens } from '../task-tokens.js';
import { ApiError, validationError } from './api-error.js';
import type { Parameters } from './parameters.js';

const tokenMaxCharacters = 2_048;
const errorMaxCharacters = 256;
const causeMaxCharacters = 32_768;

/** Resumes the task with its output; the token resumes nothing after that. */
export function sendTaskSuccess(tokens: TaskTokens, parameters: Parameters): object {
  const token = readToken(parameters);
  const text = parameters.string('output', Number.MAX_SAFE_INTEGER);
  if (exceedsLimit(text))
    throw validationError('output', `Member must have length less than or equal to ${dataMaxBytes}`);
  const task = openTask(tokens, token);
  const output = parseData(text);
  if (!output) throw new ApiError('InvalidOutput', 'Invalid Output: the output is not JSON');
  task.succeed(output);
  return {};
}

/** Fails the task with an error that its Retry and Catch may name. */
export function sendTaskFailure(tokens: TaskTokens, parameters: Parameters): object {
  const token = readToken(parameters);
  const error = parameters.optionalString('error', errorMaxCharacters);
  const cause = parameters.optionalString('cause', causeMaxCharacters);
  openTask(tokens, token).fail(new StateError(error, cause));
  return {};
}

/** Restarts the heartbeat clock; on a task without one it only says that the task is still open. */
export function sendTaskHeartbeat(tokens: TaskTokens, parameters: Parameters): object {
  openTask(tokens, readToken(parameters)).heartbeat();
  return {};
}

function readToken(parameters: Parameters): string {
  const token = parameters.string('taskToken', tokenMaxCharacters);
  if (token === '') throw validationError('taskToken', 'Member must have length greater than or equal to 1');
  return token;
}

/** Late, duplicate and stopped look alike on AWS: the task timed out. */
function openTask(tokens: TaskTokens, token: string): OpenTask {
  const found = tokens.find(token);
  switch (found.kind) {
    case 'open':
      return found.task;
    case 'closed':
      throw new ApiError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
    case 'neverIssued':
      throw new ApiError('InvalidToken', "Invalid Token: 'Invalid token'");
  }
}
