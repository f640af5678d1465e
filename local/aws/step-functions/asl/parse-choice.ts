import type { ChoiceRule } from './definition.js';
import { Fields } from './fields.js';
import { parseResultFields } from './parse-result-fields.js';

/** The rules of a Choice state, in order, and its default. */
export function parseChoice(fields: Fields): { choices: readonly ChoiceRule[]; default: string | undefined } {
  const sources = fields.array('Choices');
  if (fields.has('Choices') && sources.length === 0) fields.fault('Choices', "field 'Choices' is empty");
  const choices = sources.map((source, index): ChoiceRule => {
    const known = ['Condition', 'Next', 'Output', 'Assign', 'Comment'];
    const rule = new Fields(source, `${fields.path}/Choices/${index}`, fields.checking, known);
    if (!rule.has('Condition')) rule.fault('Condition', "field 'Condition' is required");
    return {
      condition: rule.templateOf('Condition', (value) => typeof value === 'boolean', 'true, false') ?? {
        kind: 'literal',
        value: false,
      },
      next: rule.requiredString('Next'),
      ...parseResultFields(rule),
    };
  });
  return { choices, default: fields.optionalString('Default') };
}
