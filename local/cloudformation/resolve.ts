import { UnsupportedTemplateError } from './template.js';

/** What a template's references stand for. */
export interface References {
  ref(logicalId: string): Promise<unknown>;
  attribute(logicalId: string, name: string): Promise<unknown>;
  readonly pseudo: Readonly<Record<string, string>>;
}

/**
 * Replaces every intrinsic function in a template value, one after the other, so that whoever answers the references
 * sees them nested and never side by side. Refuses functions that it does not know, by name.
 */
export async function resolve(value: unknown, references: References): Promise<unknown> {
  if (Array.isArray(value)) {
    const items: unknown[] = [];
    for (const item of value) items.push(await resolve(item, references));
    return items;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [first] = entries;
  if (entries.length === 1 && first !== undefined && (first[0] === 'Ref' || first[0].startsWith('Fn::'))) {
    return intrinsic(first[0], first[1], references);
  }
  const resolved: (readonly [string, unknown])[] = [];
  for (const [key, item] of entries) resolved.push([key, await resolve(item, references)]);
  return Object.fromEntries(resolved);
}

async function intrinsic(name: string, argument: unknown, references: References): Promise<unknown> {
  switch (name) {
    case 'Ref':
      return references.pseudo[String(argument)] ?? references.ref(String(argument));
    case 'Fn::GetAtt': {
      const [logicalId = '', attribute = ''] = Array.isArray(argument)
        ? argument.map(String)
        : String(argument).split('.');
      return references.attribute(logicalId, attribute);
    }
    case 'Fn::Join': {
      const [separator, parts] = (await resolve(argument, references)) as [string, readonly unknown[]];
      return parts.map(String).join(separator);
    }
    case 'Fn::Select': {
      const [index, list] = (await resolve(argument, references)) as [number | string, readonly unknown[]];
      return list[Number(index)];
    }
    case 'Fn::Split': {
      const [separator, text] = (await resolve(argument, references)) as [string, string];
      return text.split(separator);
    }
    case 'Fn::Sub':
      return substitute(argument, references);
    default:
      throw new UnsupportedTemplateError([
        `intrinsic function ${name}: unknown; known are Ref, GetAtt, Join, Select, Split and Sub`,
      ]);
  }
}

async function substitute(argument: unknown, references: References): Promise<string> {
  const [text, variables] = (Array.isArray(argument) ? argument : [argument, {}]) as [
    string,
    Record<string, unknown>,
  ];
  let result = '';
  let from = 0;
  for (const match of text.matchAll(/\$\{(!?)([^}]+)\}/g)) {
    const [, escaped, name = ''] = match;
    const replaced = escaped === '!' ? `\${${name}}` : String(await variable(name, variables, references));
    result += text.slice(from, match.index) + replaced;
    from = match.index + match[0].length;
  }
  return result + text.slice(from);
}

async function variable(
  name: string,
  variables: Record<string, unknown>,
  references: References,
): Promise<unknown> {
  if (Object.hasOwn(variables, name)) return resolve(variables[name], references);
  const intrinsicForm = name.includes('.') ? { 'Fn::GetAtt': name } : { Ref: name };
  return resolve(intrinsicForm, references);
}
