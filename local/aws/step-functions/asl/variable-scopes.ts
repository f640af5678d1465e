import type { Template } from '../jsonata/template.js';
import type { State, StateList } from './definition.js';
import type { Fault } from './fault.js';

/** Notes every variable that a branch or iteration assigns although a scope around it has one of that name. */
export function checkVariableScopes(
  list: StateList,
  faults: Fault[],
  path = '',
  outer: ReadonlySet<string> = new Set(),
): void {
  const own = new Set<string>();
  for (const [name, state] of list.states) {
    for (const variable of assignedBy(state)) {
      own.add(variable);
      if (outer.has(variable)) {
        faults.push({
          path: `${path}/States/${name}/Assign/${variable}`,
          message: `variable '${variable}' is already assigned in an outer scope`,
        });
      }
    }
  }
  const visible = new Set([...outer, ...own]);
  for (const [name, state] of list.states) {
    // The executions of a Distributed Map see no variable of the one that started them.
    const around = state.type === 'Map' && state.distributed ? new Set<string>() : visible;
    for (const [inner, at] of innerLists(state))
      checkVariableScopes(inner, faults, `${path}/States/${name}/${at}`, around);
  }
}

function assignedBy(state: State): readonly string[] {
  const templates = [
    ...('assign' in state ? [state.assign] : []),
    ...('catch' in state ? state.catch.map(({ assign }) => assign) : []),
    ...(state.type === 'Choice' ? state.choices.map(({ assign }) => assign) : []),
  ];
  return templates.flatMap(variableNames);
}

/** The names on the left-hand side of an Assign. */
export function variableNames(assign: Template | undefined): readonly string[] {
  if (assign?.kind === 'object') return assign.entries.map(([name]) => name);
  if (assign?.kind !== 'literal' || typeof assign.value !== 'object' || assign.value === null) return [];
  return Object.keys(assign.value);
}

function innerLists(state: State): readonly (readonly [StateList, string])[] {
  if (state.type === 'Parallel')
    return state.branches.map((branch, index) => [branch, `Branches/${index}`] as const);
  return state.type === 'Map' ? [[state.itemProcessor, 'ItemProcessor']] : [];
}
