import type { Json } from '../json.js';
import { isJsonObject, jsonTypeName } from '../json.js';
import { evaluateExpression, type Expression, type Expressions } from './expressions.js';
import { toJson } from './to-json.js';

/** A field of a definition with its expressions compiled; parts without any are kept as they are. */
export type Template =
  | { readonly kind: 'literal'; readonly value: Json }
  | { readonly kind: 'expression'; readonly expression: Expression; readonly path: string }
  | { readonly kind: 'array'; readonly items: readonly Template[] }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [string, Template])[] };

/** What an expression sees: `states` and the workflow's variables. */
export type Bindings = Readonly<Record<string, unknown>>;

/**
 * The template of a JSON value; a string is an expression exactly if it starts with `{%` and ends with `%}`.
 *
 * An expression that does not compile is reported with its path, such as `Arguments/MessageBody`.
 */
export function compileTemplate(
  value: Json,
  path: string,
  expressions: Expressions,
  onFault: (path: string, message: string) => void,
): Template {
  const compile = (part: Json, key: string | number) =>
    compileTemplate(part, `${path}/${key}`, expressions, onFault);
  if (typeof value === 'string' && value.length >= 4 && value.startsWith('{%') && value.endsWith('%}')) {
    try {
      return { kind: 'expression', expression: expressions.compile(value.slice(2, -2).trim()), path };
    } catch (error) {
      onFault(
        path,
        `JSONata expression does not compile: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  } else if (Array.isArray(value)) {
    const items = (value as readonly Json[]).map(compile);
    if (items.some(({ kind }) => kind !== 'literal')) return { kind: 'array', items };
  } else if (isJsonObject(value)) {
    const entries = Object.entries(value).map(([key, part]) => [key, compile(part, key)] as const);
    if (entries.some(([, { kind }]) => kind !== 'literal')) return { kind: 'object', entries };
  }
  return { kind: 'literal', value };
}

/** Why an expression gave no value, in AWS's words, and which field it stands in. */
export class EvaluationError extends Error {
  readonly location: string;

  constructor(message: string, location: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'EvaluationError';
    this.location = location;
  }
}

/** The template with every expression replaced by its value; throws an EvaluationError if one has none. */
export async function evaluateTemplate(template: Template, bindings: Bindings): Promise<Json> {
  switch (template.kind) {
    case 'literal':
      return template.value;
    case 'expression':
      return evaluateOne(template.expression, template.path, bindings);
    case 'array': {
      const items: Json[] = [];
      for (const item of template.items) items.push(await evaluateTemplate(item, bindings));
      return items;
    }
    case 'object': {
      const entries: [string, Json][] = [];
      for (const [key, part] of template.entries) entries.push([key, await evaluateTemplate(part, bindings)]);
      return Object.fromEntries(entries);
    }
  }
}

/** As evaluateTemplate, for a field that takes one type only. */
export async function evaluateAs<T extends Json>(
  template: Template,
  bindings: Bindings,
  expected: string,
  isExpected: (value: Json) => value is T,
): Promise<T> {
  const value = await evaluateTemplate(template, bindings);
  if (isExpected(value)) return value;
  const [subject, location] =
    template.kind === 'expression'
      ? [
          `The JSONata expression '${template.expression.source}' specified for the field '${template.path}'`,
          template.path,
        ]
      : ['The value of a field', ''];
  throw new EvaluationError(
    `${subject} returned an unexpected result type. Expected '${expected}', but was '${jsonTypeName(value)}' for value: ${JSON.stringify(value).slice(0, 100)}`,
    location,
  );
}

async function evaluateOne(expression: Expression, path: string, bindings: Bindings): Promise<Json> {
  const subject = `The JSONata expression '${expression.source}' specified for the field '${path}'`;
  let result: unknown;
  try {
    result = await evaluateExpression(expression, bindings);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new EvaluationError(`${subject} threw an error during evaluation. ${message}`, path, error);
  }
  if (result === undefined) throw new EvaluationError(`${subject} returned nothing (undefined).`, path);
  const json = toJson(result);
  if (json === undefined) throw new EvaluationError(`${subject} returned an unsupported result type.`, path);
  return json;
}
