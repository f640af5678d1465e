/** Longest name of an execution, in characters A-Z, a-z, 0-9, - and _ (Step Functions API model). */
export const EXECUTION_NAME_MAX_CHARACTERS = 80;

/**
 * What the name of an execution begins with that an event requested, and no other; the event's id follows. So an event
 * that is delivered twice starts one execution, whoever sent it knows its name, and only its end is told by an event.
 */
export const REQUESTED_BY_EVENT = 'event-';

/** 128 bits: two calls never share them by chance. */
const FINGERPRINT_CHARACTERS = 32;

export interface NamedCall {
  readonly operation: string;
  readonly idempotencyKey: string;
}

/**
 * The name of the execution that makes this call, the same at every door, so that Step Functions starts a repeated
 * request once: for 90 days it takes a name only once.
 *
 * The key, which people search for, stands in front as far as a name can hold it; the fingerprint behind it tells apart
 * keys that look alike there, and one key under two operations, as the ledger does.
 *
 * @param fingerprint stands for a text: at least 32 letters and digits
 */
export function executionNameOf(
  { operation, idempotencyKey }: NamedCall,
  fingerprint: (text: string) => string,
): string {
  const mark = fingerprint(JSON.stringify([operation, idempotencyKey])).slice(0, FINGERPRINT_CHARACTERS);
  const room = EXECUTION_NAME_MAX_CHARACTERS - mark.length - 1;
  const name = `${idempotencyKey.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, room)}-${mark}`;
  return name.startsWith(REQUESTED_BY_EVENT) ? name.replace('-', '_') : name;
}

/** The ARN of the execution of this name, running or ended. */
export function executionArn(stateMachineArn: string, name: string): string {
  return `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
}
