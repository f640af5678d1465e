import type { StateList } from '../asl/definition.js';
import { Scope } from '../jsonata/scope.js';
import type { Data } from '../json.js';
import type { Branch } from './branch.js';
import { runMap } from './map.js';
import { runParallel } from './parallel.js';
import type { Services } from './services.js';
import { runChoice, runFail, runPass, runSucceed, runWait } from './simple-states.js';
import { runTask } from './task.js';
import { Visit, type Exit } from './visit.js';

/**
 * Runs a list of states to its end and returns the last output; throws a StateError if one fails. It begins with the
 * first state, or where the branch's checkpoint says that it stands.
 */
export async function runStates(
  list: StateList,
  branch: Branch,
  input: Data,
  services: Services,
  outerScope?: Scope,
): Promise<Data> {
  const scope = new Scope(outerScope);
  const { checkpoint } = branch;
  let resumed = checkpoint.entry;
  scope.assign(resumed?.variables ?? {});
  let name = resumed?.name ?? list.startAt;
  let data = resumed?.input ?? input;
  for (;;) {
    const state = list.states.get(name);
    if (!state) throw new Error(`no state '${name}': validation lets none through`);
    const visit = new Visit(state, data, branch, scope, services, resumed);
    const exit = await runState(visit);
    leave(visit, exit);
    if (exit.next === undefined) {
      checkpoint.end(exit.output);
      return exit.output;
    }
    resumed = undefined;
    name = exit.next;
    data = exit.output;
  }
}

function runState(visit: Visit): Promise<Exit> {
  const { state } = visit;
  switch (state.type) {
    case 'Pass':
      return runPass(visit, state);
    case 'Task':
      return runTask(visit, state);
    case 'Choice':
      return runChoice(visit, state);
    case 'Wait':
      return runWait(visit, state);
    case 'Succeed':
      return runSucceed(visit, state);
    case 'Fail':
      return runFail(visit, state);
    case 'Parallel':
      return runParallel(visit, state, runStates);
    case 'Map':
      return runMap(visit, state, runStates);
  }
}

/** Only now do new variables become visible. */
function leave({ branch, state, scope }: Visit, { output, assigned }: Exit): void {
  const variables = Object.entries(assigned).map(([name, value]) => [name, JSON.stringify(value)] as const);
  branch.record(`${state.type}StateExited`, {
    name: state.name,
    output: output.text,
    outputDetails: { truncated: false },
    ...(variables.length === 0
      ? {}
      : { assignedVariables: Object.fromEntries(variables), assignedVariablesDetails: { truncated: false } }),
  });
  branch.openStateType = undefined;
  scope.assign(assigned);
}
