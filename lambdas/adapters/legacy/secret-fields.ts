import { CredentialsError } from './credentials.js';

/** Fields of a secret, each of them a text. Throws a CredentialsError that names what is missing, and quotes nothing. */
export function secretFields<Name extends string>(
  secret: string,
  text: string,
  names: readonly Name[],
): Readonly<Record<Name, string>> {
  const fields = fieldsOf(text) ?? {};
  const missing = names.filter((name) => typeof fields[name] !== 'string' || fields[name] === '');
  if (missing.length === 0) return fields as Record<Name, string>;
  throw new CredentialsError(
    `the secret ${secret} has no ${missing.join(' and ')}; expected JSON with ${names.join(' and ')}`,
  );
}

/** A secret that is one text, by itself or under a name. */
export function secretText(secret: string, text: string, name: string): string {
  const fields = fieldsOf(text);
  const value = fields === undefined ? text.trim() : secretFields(secret, text, [name])[name];
  if (value !== undefined && /^[\x21-\x7e]+$/.test(value)) return value;
  throw new CredentialsError(`the secret ${secret} has no ${name} of visible ASCII characters alone`);
}

export function optionalField(text: string, name: string): string | undefined {
  const value = fieldsOf(text)?.[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function fieldsOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
