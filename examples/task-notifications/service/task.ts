import * as v from 'valibot';

const line = (charactersMax: number) =>
  v.pipe(
    v.string(),
    v.regex(/^[^\r\n]+$/, 'expected one line'),
    v.maxLength(charactersMax, `expected at most ${charactersMax} characters`),
  );

/** A reminder waits in an execution, and those live for a year. */
const DUE_WITHIN_DAYS = 300;

const MS_PER_DAY = 86_400_000;

const INSTANT = 'expected an ISO 8601 instant such as 2030-01-31T12:00:00Z';

const taskContent = (nowMs: number) =>
  v.strictObject({
    title: line(200),
    /** The address that is notified. */
    assignee: v.pipe(v.string(), v.email('expected a mail address'), v.maxLength(200)),
    /** A reminder goes out then. */
    dueAt: v.optional(
      v.pipe(
        v.string(),
        v.isoTimestamp(INSTANT),
        v.check((value) => !Number.isNaN(Date.parse(value)), INSTANT),
        v.check(
          (value) => Date.parse(value) <= nowMs + DUE_WITHIN_DAYS * MS_PER_DAY,
          `expected an instant at most ${DUE_WITHIN_DAYS} days from now`,
        ),
        v.transform((value) => new Date(value).toISOString()),
      ),
    ),
  });

/** A task as people write it. */
export type TaskContent = Readonly<v.InferOutput<ReturnType<typeof taskContent>>>;

/** A task as it is stored. */
export interface Task extends TaskContent {
  readonly id: string;
  /** Another with each change. Whatever is sent about a task is named after it, so that it is sent once. */
  readonly revision: string;
  /** The revision in which the task was given to its assignee. */
  readonly assignedIn: string;
}

export type ParsedContent =
  | { readonly kind: 'content'; readonly content: TaskContent }
  | { readonly kind: 'refused'; readonly faults: readonly string[] };

export function parseContent(value: unknown, nowMs: number): ParsedContent {
  const result = v.safeParse(taskContent(nowMs), value, { abortPipeEarly: true });
  if (result.success) return { kind: 'content', content: result.output };
  return {
    kind: 'refused',
    faults: result.issues.map((issue) => `${v.getDotPath(issue) ?? 'body'}: ${issue.message}`),
  };
}

/** The task with this content: a new revision of it, or the very same task where nothing changes. */
export function revise(
  previous: Task | undefined,
  id: string,
  content: TaskContent,
  newRevision: () => string,
): Task {
  if (previous !== undefined && isSame(previous, content)) return previous;
  const revision = newRevision();
  const keepsAssignee = previous?.assignee === content.assignee;
  return { ...content, id, revision, assignedIn: keepsAssignee ? previous.assignedIn : revision };
}

function isSame(task: Task, { title, assignee, dueAt }: TaskContent): boolean {
  return task.title === title && task.assignee === assignee && task.dueAt === dueAt;
}
