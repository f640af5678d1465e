/** The same text for the same JSON value, whatever the order of its fields. Throws on a value nested beyond the stack. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value ?? null, (_name, part: unknown) => (isObject(part) ? sorted(part) : part));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sorted(object: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  // Without a prototype, so that a field named __proto__ stays a field.
  const result = Object.create(null) as Record<string, unknown>;
  for (const name of Object.keys(object).sort()) result[name] = object[name];
  return result;
}
