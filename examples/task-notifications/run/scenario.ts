import type { AppRun } from '../../../local/app-run.js';
import type { LegacyApiFigures } from '../../../local/legacy-api/figures.js';
import { MAIL_LIMIT } from '../task-notifications-stack.js';
import type { Mailbox } from './mailbox.js';
import { TaskApi } from './task-api.js';

const PEOPLE = 80;
const ASSIGNMENTS = 15;
const DAY = '2030-01-31';

/** Time enough to delete a task before it is due, also on a busy machine. */
const DUE_IN_MS = 8_000;

/** Far longer than everything takes that is sent at 20 a second. */
const PATIENCE_MS = 60_000;

/** As HIGH they overtake about 68 of 80, as BATCH 14: measured on two busy cores. */
const OVERTAKEN_MIN_RATIO = 0.5;

/** What one run of the scenario came to. */
export interface Facts {
  readonly tasks: number;
  readonly digests: number;
  /** From the request to the mail API's door. */
  readonly assignmentsWaitedMs: readonly number[];
  readonly digestsWaitedMs: readonly number[];
  /** Digests that the mail API got after the last assignment, which had been asked for after all of them. */
  readonly digestsOvertaken: number;
  readonly reminders: { readonly sent: number; readonly ofDeletedTasks: number };
  /** Keys that the mail API saw more than once. */
  readonly sentTwice: readonly string[];
  readonly mailApi: LegacyApiFigures;
}

const address = (person: number) => `person-${person}@example.com`;
const taskId = (task: number) => `task-${task}`;

/** An evening with the task service: say what happens as it does. */
export async function playScenario(
  run: AppRun,
  mailbox: Mailbox,
  say: (line: string) => void,
): Promise<Facts> {
  const api = new TaskApi(run.output('ApiUrl'));

  say(`Two tasks are due in ${DUE_IN_MS / 1_000} s; one of them is deleted.`);
  const dueAt = new Date(Date.now() + DUE_IN_MS).toISOString();
  const [due, deleted] = ['due', 'deleted'];
  for (const id of [due, deleted]) await api.put(id, { title: id, assignee: address(0), dueAt });
  await api.remove(deleted);

  say(`${PEOPLE} people get a task each.`);
  const people = Array.from({ length: PEOPLE }, (_, person) => person);
  await Promise.all(people.map((n) => api.put(taskId(n), { title: `Task ${n}`, assignee: address(n) })));
  await mailbox.arrived('assigned/', PEOPLE + 2, PATIENCE_MS);
  await mailbox.arrived(`reminder/${due}/`, 1, PATIENCE_MS);

  say(`The nightly digest of ${PEOPLE} people begins, as BATCH ...`);
  const digestsAskedMs = performance.now();
  const digests = await api.digests(DAY);

  say(
    `... and ${ASSIGNMENTS} tasks change hands at once, as HIGH. Every request is sent twice, as if answers were lost.`,
  );
  const handedOver = people.slice(0, ASSIGNMENTS);
  const asked = new Map<string, number>();
  await Promise.all([
    ...handedOver.map(async (n) => {
      const askedMs = performance.now();
      const content = { title: `Task ${n}`, assignee: address(n + 1) };
      const { id, revision } = await api.put(taskId(n), content);
      asked.set(`assigned/${id}/${revision}`, askedMs);
      await api.put(taskId(n), content);
    }),
    api.digests(DAY),
  ]);
  await mailbox.arrived('digest/', PEOPLE, PATIENCE_MS);
  await mailbox.arrived('assigned/', PEOPLE + 2 + ASSIGNMENTS, PATIENCE_MS);

  return factsOf(
    { mailbox, asked, digestsAskedMs, deleted, due },
    {
      tasks: (await api.list()).length,
      digests: digests.started,
      mailApi: await run.legacyApi.figures(),
    },
  );
}

interface Seen {
  readonly mailbox: Mailbox;
  /** When each hand-over was asked for, by the key of its mail. */
  readonly asked: ReadonlyMap<string, number>;
  readonly digestsAskedMs: number;
  readonly due: string;
  readonly deleted: string;
}

function factsOf(
  { mailbox, asked, digestsAskedMs, due, deleted }: Seen,
  known: Pick<Facts, 'tasks' | 'digests' | 'mailApi'>,
): Facts {
  const assignments = mailbox.mails.filter(({ key }) => asked.has(key));
  const digests = mailbox.about('digest/');
  const lastAssignmentMs = Math.max(...assignments.map(({ atMs }) => atMs));
  const keys = mailbox.mails.map(({ key }) => key);
  return {
    ...known,
    assignmentsWaitedMs: assignments.map(({ key, atMs }) => atMs - (asked.get(key) ?? 0)),
    digestsWaitedMs: digests.map(({ atMs }) => atMs - digestsAskedMs),
    digestsOvertaken: digests.filter(({ atMs }) => atMs > lastAssignmentMs).length,
    reminders: {
      sent: mailbox.about(`reminder/${due}/`).length,
      ofDeletedTasks: mailbox.about(`reminder/${deleted}/`).length,
    },
    sentTwice: [...new Set(keys.filter((key, index) => keys.indexOf(key) !== index))],
  };
}

/** What went wrong, each a sentence. */
export function violationsOf(facts: Facts): readonly string[] {
  const { mailApi, sentTwice, reminders, digestsOvertaken, digestsWaitedMs } = facts;
  const worst = mailApi.worstWindowCalls ?? 0;
  return [
    ...(worst > MAIL_LIMIT.calls ? [`${worst} mails in one window; ${MAIL_LIMIT.calls} are allowed`] : []),
    ...(mailApi.responses429 > 0 ? [`the mail API refused ${mailApi.responses429} mails with 429`] : []),
    ...sentTwice.map((key) => `${key} was sent twice`),
    ...(reminders.sent === 1 ? [] : [`${reminders.sent} reminders of the task that is due; 1 is expected`]),
    ...(reminders.ofDeletedTasks === 0 ? [] : ['a reminder of the deleted task was sent']),
    ...(digestsOvertaken < OVERTAKEN_MIN_RATIO * digestsWaitedMs.length
      ? [
          `the assignments overtook ${digestsOvertaken} of ${digestsWaitedMs.length} digests; half are expected`,
        ]
      : []),
  ];
}
