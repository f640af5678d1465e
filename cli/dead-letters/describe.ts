import type { ParkedMessage } from '../../lambdas/adapters/sqs-parked-messages.js';
import type { ParkedAttribute } from '../../lambdas/core/contracts/parked-message.js';
import { parseTaskRequest, type TaskRequest } from '../../lambdas/core/contracts/task-request.js';
import { columns } from '../words.js';

/** A parked message as people see it. Never its token. */
export interface ParkedDescription extends Readonly<Partial<Record<ParkedAttribute, string>>> {
  readonly id: string;
  readonly request?: Omit<TaskRequest, 'taskToken'> & { readonly taskToken: undefined };
  /** Of a message that is not a task request. */
  readonly body?: string;
}

const HIDDEN = '***';

export function describe({ id, body, known }: ParkedMessage): ParkedDescription {
  const parsed = parseTaskRequest(body);
  if (parsed.kind === 'request')
    return { id, ...known, request: { ...parsed.request, taskToken: undefined } };
  const { taskToken } = parsed;
  return { id, ...known, body: taskToken === undefined ? body : body.replaceAll(taskToken, HIDDEN) };
}

/** What is known of one message, each thing on a line of its own. */
export function asText({ id, request, body, ...known }: ParkedDescription): string {
  const rows = Object.entries({ id, ...known }).map(([name, value]) => [name, value]);
  const content = request === undefined ? (body ?? '') : JSON.stringify(request, null, 2);
  return [...columns(rows, 'left'), '', content].join('\n');
}

/** One line for each message. */
export function asTable(messages: readonly ParkedDescription[]): string {
  if (messages.length === 0) return 'Nothing is parked.';
  return messages.map(asLine).join('\n');
}

function asLine({ id, parkedAt = '-', error = '-', task = '-', request }: ParkedDescription): string {
  const call =
    request === undefined
      ? 'not a task request'
      : `${request.priority} ${request.operation} ${request.idempotencyKey}`;
  return `${id}  ${parkedAt}  ${call}  ${error}, task ${task}`;
}
