import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, '..', 'statemachines');

/** A JSONata expression as a field of a state machine. */
export function expression(jsonata: string): string {
  return `{% ${jsonata} %}`;
}

/** A literal for use inside a JSONata expression; single-quoted, so that it may stand inside a JSON text as it is. */
export function jsonataList(texts: readonly string[]): string {
  return `[${texts.map((text) => `'${text}'`).join(', ')}]`;
}

/** The JSONata object whose fields are these expressions. */
export function jsonataObject(fields: Readonly<Record<string, string | number>>): string {
  const entries = Object.entries(fields).map(([name, value]) => `'${name}': ${value}`);
  return `{${entries.join(', ')}}`;
}

/** The text of a file in `statemachines/`; of JSONata without comments and line breaks, to stand inside a JSON text. */
export function readStateMachineFile(name: string): string {
  const text = readFileSync(join(FOLDER, name), 'utf8');
  return name.endsWith('.jsonata')
    ? text
        .replace(/\/\*.*?\*\//gs, '')
        .replace(/\s+/g, ' ')
        .trim()
    : text;
}

/**
 * Puts values in the place of `${Name}`. A number takes its quotes with it, so that a definition with a number in
 * it is valid JSON before and after. Names without a value stay: CloudFormation fills in what only it knows.
 */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/"\$\{(\w+)\}"|\$\{(\w+)\}/g, (placeholder, quoted?: string, bare?: string) => {
    const value = values[quoted ?? bare ?? ''];
    if (value === undefined) return placeholder;
    return quoted === undefined || typeof value === 'number' ? String(value) : `"${value}"`;
  });
}
