import type { ParallelState } from '../asl/definition.js';
import { toData, type Data } from '../json.js';
import { StateError } from '../state-error.js';
import { withErrorHandling } from './error-handling.js';
import { Forks, type RunStates } from './forks.js';
import type { Exit, Visit } from './visit.js';

/** Runs all branches at once on the same input; the result is their outputs, in the order of the definition. */
export function runParallel(visit: Visit, state: ParallelState, runStates: RunStates): Promise<Exit> {
  return withErrorHandling(visit, state, async () => {
    const result = await runBranches(visit, state, runStates);
    return visit.exit(state, { kind: 'result', result: result.value }, result, state.next);
  });
}

async function runBranches(visit: Visit, state: ParallelState, runStates: RunStates): Promise<Data> {
  const { branch, services } = visit;
  const input = state.arguments ? toData(await visit.evaluate(state.arguments), state.name) : visit.input;
  const { checkpoint } = branch;
  const resumes = visit.resumes() && checkpoint.hasForks;
  if (!resumes) checkpoint.forget();
  const startedId = resumes ? branch.lastEventId : branch.record('ParallelStateStarted');
  const forks = new Forks(branch);
  try {
    const runs = state.branches.map((list, index) => {
      const fork = branch.fork(startedId, checkpoint.fork(index));
      return forks.run(fork, async () => {
        const ended = fork.checkpoint.output;
        if (ended !== undefined) return ended.value;
        const output = await runStates(list, fork, input, services, visit.scope);
        branch.lastEventId = fork.lastEventId;
        return output.value;
      });
    });
    const result = toData(await Promise.all(runs), state.name);
    const lastBranchEventId = branch.lastEventId;
    branch.record('ParallelStateSucceeded');
    branch.lastEventId = lastBranchEventId; // AWS links the exit to the end of the last branch
    return result;
  } catch (error) {
    if (error instanceof StateError) branch.record('ParallelStateFailed');
    if (error instanceof StateError && error.isDataLimitExceeded) checkpoint.forget();
    throw error;
  }
}
