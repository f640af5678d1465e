import type { Expressions } from '../jsonata/expressions.js';
import { isJsonObject, parseData } from '../json.js';
import { checkTransitions } from './check-transitions.js';
import type { Definition, State, StateList } from './definition.js';
import { InvalidDefinitionError } from './fault.js';
import { Fields, type Checking } from './fields.js';
import { parseState } from './parse-state.js';
import { checkVariableScopes } from './variable-scopes.js';

/** Longest TimeoutSeconds of an execution or a task, about three years. */
const timeoutMaxSeconds = 99_999_999;

const stateNameMaxCharacters = 80;

/**
 * The definition of an ASL text, or an InvalidDefinitionError that lists every fault with its path.
 *
 * Nothing is ignored: a field, state type or resource that this interpreter does not run is refused by name.
 */
export function parseDefinition(
  text: string,
  expressions: Expressions,
  integrations: Iterable<string>,
): Definition {
  const source = parseData(text);
  if (!source) throw new InvalidDefinitionError([{ path: '/', message: 'the definition is not JSON' }]);
  const checking: Checking = {
    faults: [],
    expressions,
    integrations: new Set(integrations),
    stateNames: new Set(),
  };
  const known = ['Comment', 'QueryLanguage', 'StartAt', 'States', 'TimeoutSeconds', 'Version'];
  const fields = new Fields(source.value, '', checking, known);

  fields.optionalString('Comment');
  const version = fields.optionalString('Version');
  if (version !== undefined && version !== '1.0') fields.fault('Version', "field 'Version' must be '1.0'");
  const queryLanguage = fields.optionalString('QueryLanguage') ?? 'JSONPath';
  const timeoutSeconds = fields.has('TimeoutSeconds')
    ? fields.number('TimeoutSeconds', timeoutMaxSeconds, 1, timeoutMaxSeconds)
    : undefined;
  const definition = { ...parseStateList(fields, queryLanguage), timeoutSeconds };
  checkVariableScopes(definition, checking.faults);
  if (checking.faults.length > 0) throw new InvalidDefinitionError(checking.faults);
  return definition;
}

/** The `StartAt` and `States` of a machine, branch or item processor; states inherit the query language. */
function parseStateList(fields: Fields, queryLanguage: string): StateList {
  const startAt = fields.requiredString('StartAt');
  const source = fields.raw('States');
  const states = new Map<string, State>();
  if (source === undefined) fields.fault('States', "field 'States' is required");
  else if (!isJsonObject(source) || Object.keys(source).length === 0) {
    fields.fault('States', "field 'States' must be an object with at least one state");
  } else {
    for (const [name, state] of Object.entries(source)) {
      const path = `${fields.path}/States/${name}`;
      checkStateName(name, path, fields.checking);
      const parsed = parseState(state, {
        name,
        path,
        checking: fields.checking,
        queryLanguage,
        parseStateList,
      });
      if (parsed) states.set(name, parsed);
    }
    checkTransitions({ startAt, states }, Object.keys(source), fields);
  }
  return { startAt, states };
}

function checkStateName(name: string, path: string, checking: Checking): void {
  if (name.length < 1 || name.length > stateNameMaxCharacters) {
    checking.faults.push({
      path,
      message: `a state's name must have 1 to ${stateNameMaxCharacters} characters`,
    });
  }
  if (checking.stateNames.has(name)) {
    checking.faults.push({ path, message: `state name '${name}' is used twice, also counting branches` });
  }
  checking.stateNames.add(name);
}
