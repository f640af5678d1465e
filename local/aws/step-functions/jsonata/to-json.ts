import type { Json } from '../json.js';

/**
 * The plain JSON of a JSONata result, or undefined if it is not JSON: a function, a regular expression, an infinite number.
 *
 * JSONata marks its arrays with hidden properties, which would change how a later expression reads them: they are dropped.
 */
export function toJson(value: unknown): Json | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (Array.isArray(value)) return arrayToJson(value);
  return typeof value === 'object' ? objectToJson(value) : undefined;
}

function arrayToJson(values: readonly unknown[]): Json | undefined {
  const items: Json[] = [];
  for (const value of values) {
    const item = toJson(value);
    if (item === undefined) return undefined;
    items.push(item);
  }
  return items;
}

function objectToJson(value: object): Json | undefined {
  if ('_jsonata_lambda' in value || '_jsonata_function' in value) return undefined;
  const entries: [string, Json][] = [];
  for (const [key, part] of Object.entries(value)) {
    if (part === undefined) continue;
    const item = toJson(part);
    if (item === undefined) return undefined;
    entries.push([key, item]);
  }
  return Object.fromEntries(entries);
}
