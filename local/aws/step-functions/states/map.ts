import type { MapState } from '../asl/definition.js';
import { isCount } from '../asl/parse-distributed-map.js';
import { toData, type Data, type Json } from '../json.js';
import { StateError } from '../state-error.js';
import type { Branch, MapItem } from './branch.js';
import { runDistributedMap } from './distributed-map.js';
import { withErrorHandling } from './error-handling.js';
import { Forks, type RunStates } from './forks.js';
import { itemsOf } from './map-items.js';
import type { Exit, Visit } from './visit.js';

/** An inline Map runs at most 40 iterations at once: https://docs.aws.amazon.com/step-functions/latest/dg/state-map-inline.html */
const inlineConcurrencyMax = 40;

/** Runs the item processor once per item, here or in executions of their own; the result is the outputs in the order of the items. */
export function runMap(visit: Visit, state: MapState, runStates: RunStates): Promise<Exit> {
  if (state.distributed) return runDistributedMap(visit, state, state.distributed);
  return withErrorHandling(visit, state, async () => {
    const result = await runIterations(visit, state, runStates);
    return visit.exit(state, { kind: 'result', result: result.value }, result, state.next);
  });
}

async function runIterations(visit: Visit, state: MapState, runStates: RunStates): Promise<Data> {
  const { branch } = visit;
  const { checkpoint } = branch;
  const resumes = visit.resumes() && checkpoint.hasForks;
  if (!resumes) checkpoint.forget();
  try {
    const items = await itemsOf(visit, state);
    const concurrency = await concurrencyOf(visit, state);
    const startedId = resumes
      ? branch.lastEventId
      : branch.record('MapStateStarted', { length: items.length });
    const outputs = await runAll(visit, state, items, { concurrency, startedId, runStates });
    const result = toData(outputs, state.name);
    const lastIterationEventId = branch.lastEventId;
    branch.record('MapStateSucceeded');
    branch.lastEventId = lastIterationEventId; // AWS links the exit to the end of the last iteration
    return result;
  } catch (error) {
    if (error instanceof StateError) branch.record('MapStateFailed');
    if (error instanceof StateError && error.isDataLimitExceeded) checkpoint.forget();
    throw error;
  }
}

interface IterationPlan {
  readonly concurrency: number;
  readonly startedId: number;
  readonly runStates: RunStates;
}

/** As many lines as may run at once, each taking the next item when it has finished one. */
async function runAll(
  visit: Visit,
  state: MapState,
  items: readonly Json[],
  plan: IterationPlan,
): Promise<Json> {
  const { branch, services } = visit;
  const name = state.name;
  const outputs: Json[] = [];
  const remaining = items.entries();
  const forks = new Forks(branch, (fork) => recordIteration(branch, 'Aborted', fork, name));
  const runLine = async () => {
    let previousEventId = plan.startedId;
    for (const [index, value] of remaining) {
      const checkpoint = branch.checkpoint.fork(index);
      if (checkpoint.output !== undefined) {
        outputs[index] = checkpoint.output.value;
        continue;
      }
      const fork = branch.fork(previousEventId, checkpoint, { index, value });
      outputs[index] = await forks.run(fork, async () => {
        try {
          const input = await inputOf(visit, state, fork, { index, value });
          const output = await plan.runStates(state.itemProcessor, fork, input, services, visit.scope);
          previousEventId = fork.lastEventId;
          branch.lastEventId = recordIteration(branch, 'Succeeded', fork, name);
          return output.value;
        } catch (error) {
          if (error instanceof StateError) recordIteration(branch, 'Failed', fork, name);
          throw error;
        }
      });
    }
  };
  await Promise.all(Array.from({ length: Math.min(plan.concurrency, items.length) }, runLine));
  return outputs;
}

/** Begins an iteration; one that a redrive goes on with has begun, and knows its input. */
async function inputOf(visit: Visit, state: MapState, fork: Branch, item: MapItem): Promise<Data> {
  if (fork.checkpoint.entry !== undefined) return fork.checkpoint.entry.input;
  fork.record('MapIterationStarted', { name: state.name, index: item.index });
  return state.itemSelector
    ? toData(await visit.evaluate(state.itemSelector, { kind: 'none' }, item), state.name)
    : toData(item.value, state.name);
}

function recordIteration(
  parent: Branch,
  end: 'Succeeded' | 'Failed' | 'Aborted',
  fork: Branch,
  name: string,
): number {
  return parent.record(`MapIteration${end}`, { name, index: fork.mapItem?.index }, fork.lastEventId);
}

async function concurrencyOf(visit: Visit, state: MapState): Promise<number> {
  if (!state.concurrencyMax) return inlineConcurrencyMax;
  const wanted = await visit.evaluateAs(state.concurrencyMax, 'integer of at least 0', isCount);
  return Math.min(wanted === 0 ? inlineConcurrencyMax : wanted, inlineConcurrencyMax);
}
