import type { TaskState } from '../asl/definition.js';
import { startExecutionResource } from '../asl/parse-task.js';
import type { Execution } from '../execution.js';
import { IntegrationError } from '../integration.js';
import { toData, type Data, type Json } from '../json.js';
import { toJson } from '../jsonata/to-json.js';
import { StateError } from '../state-error.js';
import { nestedAnswer, nestedEnd } from './nested-execution.js';
import { TaskClocks } from './task-clocks.js';
import type { Visit } from './visit.js';

/** The evaluated fields of one attempt. */
export interface AttemptPlan {
  readonly args: Data;
  readonly timeoutSeconds: number | undefined;
  readonly heartbeatSeconds: number | undefined;
}

/** What the service answered, and the execution that it started if it was our own. */
interface Submission {
  readonly answer: Data;
  readonly nested: Execution | undefined;
}

/**
 * Calls the integration and waits for the attempt's one end: answer, callback, nested execution, timeout or closing.
 *
 * A callback may overtake the integration's answer; it is accepted, and takes effect when the answer is there.
 */
export function runAttempt(
  visit: Visit,
  state: TaskState,
  plan: AttemptPlan,
  onSubmitted: (answer: Data) => void,
): Promise<Data> {
  const { services, taskToken } = visit;
  return visit.branch.wait<Data>((resolve, reject) => {
    let phase: 'calling' | 'submitted' | 'over' = 'calling';
    let early: (() => void) | undefined;
    let forgetNested: (() => void) | undefined;
    const clocks = new TaskClocks(services.timers, plan, reject);
    const acceptCallback = (finish: () => void) => {
      if (taskToken !== undefined) services.tokens.close(taskToken);
      clocks.cancel();
      if (phase === 'calling') early = finish;
      else finish();
    };
    if (taskToken !== undefined) {
      services.tokens.open(taskToken, {
        succeed: (output) => acceptCallback(() => resolve(output)),
        fail: (error) => acceptCallback(() => reject(error)),
        heartbeat: () => clocks.beat(),
      });
    }
    const onAnswer = ({ answer, nested }: Submission) => {
      if (phase === 'over') return;
      if (state.resource.pattern === 'requestResponse') {
        resolve(answer);
        return;
      }
      phase = 'submitted';
      onSubmitted(answer);
      if (early) early();
      else if (nested) forgetNested = awaitNested(visit, nested, resolve, reject);
    };
    const onRefusal = (error: unknown) => {
      if (early) early();
      else reject(asStateError(error));
    };
    submit(visit, state, plan.args).then(onAnswer).catch(onRefusal);
    return () => {
      phase = 'over';
      clocks.cancel();
      if (taskToken !== undefined) services.tokens.close(taskToken);
      forgetNested?.();
    };
  });
}

async function submit(visit: Visit, state: TaskState, args: Data): Promise<Submission> {
  const { integration, historyResourceType } = state.resource;
  const { services } = visit;
  if (integration === startExecutionResource && !services.integrations.has(integration)) {
    const nested = services.startNested(args.value);
    return { answer: toData(nestedAnswer(nested), state.name), nested };
  }
  const run = services.integrations.get(integration);
  if (!run) throw new Error(`no integration '${integration}': validation lets none through`);
  return { answer: toAnswer(await run(args.value), historyResourceType), nested: undefined };
}

/** An integration may answer any value that JSON can carry; what JSON drops is dropped. */
function toAnswer(answer: unknown, producer: string): Data {
  const json: Json | undefined = answer === undefined ? null : toJson(answer);
  if (json === undefined)
    throw new StateError('States.Runtime', `the integration '${producer}' answered no JSON`);
  return toData(json, producer);
}

/** Settles with the nested execution's end; the function it returns stops that execution if it still runs. */
function awaitNested(
  visit: Visit,
  nested: Execution,
  resolve: (result: Data) => void,
  reject: (error: Error) => void,
): () => void {
  const settle = () => {
    const end = nestedEnd(nested);
    if (end instanceof StateError) reject(end);
    else resolve(end);
  };
  if (nested.state.status !== 'RUNNING') {
    settle();
    return () => undefined;
  }
  const forget = nested.onEnd(settle);
  return () => {
    forget();
    if (nested.state.status === 'RUNNING') visit.services.stopNested(nested);
  };
}

function asStateError(error: unknown): Error {
  if (error instanceof StateError) return error;
  if (error instanceof IntegrationError) return new StateError(error.error, error.message);
  return new StateError('States.TaskFailed', error instanceof Error ? error.message : String(error));
}
