import type { ResultFields } from './definition.js';
import type { Fields } from './fields.js';
import { variableNames } from './variable-scopes.js';

const variableNameMaxCharacters = 80;
const identifier = /^[\p{ID_Start}_][\p{ID_Continue}]*$/u;

/** The `Output` and `Assign` of a state, choice rule or catcher. */
export function parseResultFields(fields: Fields): ResultFields {
  const assign = fields.template('Assign');
  if (assign?.kind === 'expression' || assign?.kind === 'array' || isNoObject(fields.raw('Assign'))) {
    fields.fault('Assign', "field 'Assign' must be an object of variables");
  }
  for (const name of variableNames(assign)) {
    if (name === 'states') fields.fault('Assign/states', "variable 'states' is reserved");
    if (!identifier.test(name) || name.length > variableNameMaxCharacters) {
      fields.fault(
        `Assign/${name}`,
        `'${name}' is not a variable name: a letter or _, then letters, digits and _, at most ${variableNameMaxCharacters}`,
      );
    }
  }
  return { output: fields.template('Output'), assign };
}

/** The `Next` of a state, or undefined if it has `End`; exactly one of them is required. */
export function parseNext(fields: Fields): string | undefined {
  const next = fields.optionalString('Next');
  const end = fields.raw('End');
  if (end !== undefined && typeof end !== 'boolean') fields.fault('End', "field 'End' must be true or false");
  if (fields.has('Next') === (end === true))
    fields.fault('', "exactly one of the fields 'Next' and 'End' is required");
  return next;
}

function isNoObject(value: unknown): boolean {
  return value !== undefined && (typeof value !== 'object' || value === null || Array.isArray(value));
}
