import { StateError } from './state-error.js';

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** A value together with its JSON text, so that no step has to serialise it a second time. */
export interface Data {
  readonly value: Json;
  readonly text: string;
}

/** Largest input, output or result, in bytes of UTF-8: https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
export const dataMaxBytes = 262_144;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The data of a JSON text, or undefined if it is not JSON. */
export function parseData(text: string): Data | undefined {
  try {
    return { value: JSON.parse(text) as Json, text };
  } catch {
    return undefined;
  }
}

export function exceedsLimit(text: string): boolean {
  return (
    text.length > dataMaxBytes || (text.length * 3 > dataMaxBytes && Buffer.byteLength(text) > dataMaxBytes)
  );
}

/** The data of a value that may travel on; throws States.DataLimitExceeded if it is larger than Step Functions carries. */
export function toData(value: Json, producer: string): Data {
  const text = JSON.stringify(value);
  if (exceedsLimit(text)) throw dataLimitExceeded(producer);
  return { value, text };
}

/** AWS's wording, so that whoever greps for it finds it here too. */
function dataLimitExceeded(producer: string): StateError {
  return new StateError(
    'States.DataLimitExceeded',
    `The state/task '${producer}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  );
}

/** The type name that AWS uses in its messages. */
export function jsonTypeName(value: Json): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
