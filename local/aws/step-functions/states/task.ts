import { isSeconds } from '../asl/parse-task.js';
import type { TaskState } from '../asl/definition.js';
import type { Template } from '../jsonata/template.js';
import { toData, type Data } from '../json.js';
import { StateError } from '../state-error.js';
import { withErrorHandling } from './error-handling.js';
import { runAttempt, type AttemptPlan } from './task-attempt.js';
import type { Exit, Visit } from './visit.js';

/** Runs a task, again for every retry; each attempt has its own task token, which nothing closes twice. */
export function runTask(visit: Visit, state: TaskState): Promise<Exit> {
  return withErrorHandling(visit, state, async () => {
    const waitsForToken = state.resource.pattern === 'waitForTaskToken';
    visit.taskToken = waitsForToken ? visit.services.tokens.create() : undefined;
    const result = await attempt(visit, state, await planOf(visit, state));
    return visit.exit(state, { kind: 'result', result: result.value }, result, state.next);
  });
}

async function planOf(visit: Visit, state: TaskState): Promise<AttemptPlan> {
  const seconds = async (template: Template | undefined) =>
    template && (await visit.evaluateAs(template, 'integer from 1 to 99999999', isSeconds));
  const args = state.arguments ? toData(await visit.evaluate(state.arguments), state.name) : visit.input;
  return {
    args,
    timeoutSeconds: await seconds(state.timeoutSeconds),
    heartbeatSeconds: await seconds(state.heartbeatSeconds),
  };
}

/** One attempt and its events: TaskScheduled, TaskStarted, TaskSubmitted, and how it ended. */
async function attempt(visit: Visit, state: TaskState, plan: AttemptPlan): Promise<Data> {
  const { branch, services } = visit;
  const subject = {
    resourceType: state.resource.historyResourceType,
    resource: state.resource.historyResource,
  };
  branch.record('TaskScheduled', {
    ...subject,
    region: services.region,
    parameters: plan.args.text,
    ...(plan.timeoutSeconds === undefined ? {} : { timeoutInSeconds: plan.timeoutSeconds }),
    ...(plan.heartbeatSeconds === undefined ? {} : { heartbeatInSeconds: plan.heartbeatSeconds }),
  });
  branch.record('TaskStarted', subject);
  const onSubmitted = (answer: Data) =>
    branch.record('TaskSubmitted', { ...subject, output: answer.text, outputDetails: { truncated: false } });
  try {
    const result = await runAttempt(visit, state, plan, onSubmitted);
    branch.record('TaskSucceeded', { ...subject, output: result.text, outputDetails: { truncated: false } });
    return result;
  } catch (error) {
    if (error instanceof StateError) {
      const timedOut = error.error === 'States.Timeout';
      branch.record(timedOut ? 'TaskTimedOut' : 'TaskFailed', { ...subject, ...error.details });
    }
    throw error;
  }
}
