import { Mailbox } from '../../../examples/task-notifications/run/mailbox.js';
import { type Facts, playScenario, violationsOf } from '../../../examples/task-notifications/run/scenario.js';
import { startExample } from '../../../examples/task-notifications/run/start-example.js';
import type { AppRun } from '../../../local/app-run.js';

describe('the example task-notifications', () => {
  let run: AppRun;
  let facts: Facts;

  beforeAll(async () => {
    const mailbox = new Mailbox();
    const quiet = () => undefined;
    run = await startExample({ onCall: mailbox.onCall, onStatusChange: quiet, onLog: quiet }, 0);
    facts = await playScenario(run, mailbox, quiet);
  }, 180_000);

  afterAll(() => run.stop());

  it('sends a mail for every assignment and every digest, and one reminder', () => {
    expect(facts.tasks).toBe(81);
    expect(facts.digests).toBe(80);
    expect(facts.assignmentsWaitedMs).toHaveLength(15);
    expect(facts.digestsWaitedMs).toHaveLength(80);
    expect(facts.reminders.sent).toBe(1);
    // The first 80 assignments, and those of the two tasks that are due.
    expect(facts.mailApi.calls).toBe(80 + 2 + 1 + 80 + 15);
  });

  it('never sends more than the mail API allows', () => {
    expect(facts.mailApi.worstWindowCalls).toBeLessThanOrEqual(20);
    expect(facts.mailApi.maxInFlight).toBeLessThanOrEqual(4);
    expect(facts.mailApi.responses429).toBe(0);
  });

  it('lets assignments overtake digests that were asked for before', () => {
    // Half: were they BATCH as well, some would still come before the last digest.
    expect(facts.digestsOvertaken).toBeGreaterThanOrEqual(40);
  });

  it('sends nothing of a task that was deleted', () => {
    expect(facts.reminders.ofDeletedTasks).toBe(0);
  });

  it('sends nothing twice, though every request was sent twice', () => {
    expect(facts.sentTwice).toEqual([]);
    expect(facts.mailApi.repeatedKeys).toBe(0);
  });

  it('finds nothing to complain of', () => {
    expect(violationsOf(facts)).toEqual([]);
  });
});
