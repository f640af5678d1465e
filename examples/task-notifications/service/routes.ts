import type { Notifications } from './notifications.js';
import type { TaskTable } from './task-table.js';
import { parseContent, revise } from './task.js';

export interface Service {
  readonly tasks: Pick<TaskTable, 'find' | 'list' | 'save' | 'remove'>;
  readonly notifications: Pick<Notifications, 'announce' | 'cancelReminder' | 'digests'>;
  readonly newRevision: () => string;
  readonly nowMs: () => number;
}

export interface Request {
  /** Of the path; empty where it has none. */
  readonly id: string;
  /** Parsed JSON. */
  readonly body: unknown;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

type Route = (service: Service, request: Request) => Promise<Answer>;

/** By the route keys of the HTTP API, whose stack reads them here. */
export const ROUTES: Readonly<Record<string, Route>> = {
  'GET /tasks': list,
  'GET /tasks/{id}': get,
  'PUT /tasks/{id}': put,
  'DELETE /tasks/{id}': remove,
  'POST /digests': digests,
};

/** Lower case as in a UUID; also a part of keys and names. */
const ID = /^[a-z0-9-]{1,64}$/;

const NOT_FOUND: Answer = { status: 404, body: { error: 'no such task' } };
const CHANGED: Answer = {
  status: 409,
  body: { error: 'the task was changed meanwhile; repeat the request' },
};

async function list({ tasks }: Service): Promise<Answer> {
  return { status: 200, body: { tasks: await tasks.list() } };
}

async function get({ tasks }: Service, { id }: Request): Promise<Answer> {
  const task = await tasks.find(id);
  return task === undefined ? NOT_FOUND : { status: 200, body: task };
}

/**
 * Creates or changes a task. Whoever gets no answer repeats the request: a step that was done is not done again, and a
 * mail that was started is found instead of started.
 */
async function put(service: Service, { id, body }: Request): Promise<Answer> {
  const { tasks, notifications, newRevision, nowMs } = service;
  const parsed = parseContent(body, nowMs());
  const faults = [
    ...(ID.test(id) ? [] : ['id: expected 1 to 64 characters a-z, 0-9 and -']),
    ...(parsed.kind === 'refused' ? parsed.faults : []),
  ];
  if (parsed.kind === 'refused' || faults.length > 0) return { status: 400, body: { faults } };
  const previous = await tasks.find(id);
  const task = revise(previous, id, parsed.content, newRevision);
  if (task !== previous) {
    // First, because nobody would know of the old reminder once the task is overwritten.
    if (previous !== undefined) await notifications.cancelReminder(previous);
    if (!(await tasks.save(task, previous?.revision))) return CHANGED;
  }
  await notifications.announce(task);
  return { status: previous === undefined ? 201 : 200, body: task };
}

async function remove({ tasks, notifications }: Service, { id }: Request): Promise<Answer> {
  const task = await tasks.find(id);
  if (task === undefined) return { status: 204 };
  await notifications.cancelReminder(task);
  return (await tasks.remove(task)) ? { status: 204 } : CHANGED;
}

/** Mails each assignee the titles of their tasks: once for each `day`, however often it is asked for. */
async function digests({ tasks, notifications }: Service, { body }: Request): Promise<Answer> {
  const day = typeof body === 'object' && body !== null && 'day' in body ? body.day : undefined;
  if (typeof day !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(day))
    return { status: 400, body: { faults: ['day: expected a date such as 2030-01-31'] } };
  const started = await notifications.digests(day, await tasks.list());
  return { status: started.failed === 0 ? 202 : 503, body: started };
}
