import type { State, StateList } from './definition.js';
import type { Fields } from './fields.js';

/** Notes every transition to a state that does not exist, and every state that none leads to. */
export function checkTransitions(list: StateList, declared: readonly string[], fields: Fields): void {
  if (list.startAt !== '' && !declared.includes(list.startAt)) {
    fields.fault('StartAt', `'${list.startAt}' is not a state beside it`);
  }
  const reached = new Set([list.startAt]);
  for (const [name, state] of list.states) {
    for (const { to, at } of transitionsOf(state)) {
      reached.add(to);
      if (!declared.includes(to)) fields.fault(`States/${name}/${at}`, `'${to}' is not a state beside it`);
    }
  }
  for (const name of declared) {
    if (!reached.has(name)) fields.fault(`States/${name}`, `state '${name}' is not reachable`);
  }
}

interface Transition {
  readonly to: string;
  readonly at: string;
}

function transitionsOf(state: State): readonly Transition[] {
  const next = 'next' in state && state.next !== undefined ? [{ to: state.next, at: 'Next' }] : [];
  const caught =
    'catch' in state ? state.catch.map((one, index) => ({ to: one.next, at: `Catch/${index}/Next` })) : [];
  const chosen =
    state.type === 'Choice'
      ? state.choices.map((one, index) => ({ to: one.next, at: `Choices/${index}/Next` }))
      : [];
  const otherwise =
    state.type === 'Choice' && state.default !== undefined ? [{ to: state.default, at: 'Default' }] : [];
  return [...next, ...caught, ...chosen, ...otherwise].filter(({ to }) => to !== '');
}
