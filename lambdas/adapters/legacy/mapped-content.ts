import type { CalledOperation } from '../../core/config/operation-config.js';
import { type Answer, isSuccess, type ReadAnswer, type Unsendable } from './adapter.js';
import type { Mapped, Mapper } from './mapper.js';

export type Mapping = (input: unknown) => Promise<Mapped>;

/** Throws where a mapping is configured but the worker was not built with what maps. */
export function mappingOf(expression: string | undefined, mapper: Mapper | undefined): Mapping | undefined {
  if (expression === undefined) return undefined;
  if (mapper === undefined)
    throw new Error('a mapping is configured, but the worker was built without JSONata');
  return mapper(expression);
}

/** What the body is written from: the payload, or what the mapping makes of it. */
export async function contentOf(
  payload: unknown,
  mapBody: Mapping | undefined,
): Promise<{ readonly value: unknown } | Unsendable> {
  if (mapBody === undefined) return { value: payload };
  const mapped = await mapBody(payload);
  return mapped.kind === 'mapped'
    ? { value: mapped.value }
    : { faults: [`payload: the mapping to a body fails on it: ${mapped.reason}`] };
}

/** What mappings make of a successful answer: whether it is one to a lookup that found the call, and the result. */
export interface Reading {
  readonly executed: Mapping | undefined;
  readonly result: Mapping | undefined;
}

/** Undefined where nothing is mapped. */
export function readingOf(operation: CalledOperation, mapper: Mapper | undefined): Reading | undefined {
  const executed = mappingOf(operation.lookupAnswers?.executed, mapper);
  const result = mappingOf(operation.result, mapper);
  return executed === undefined && result === undefined ? undefined : { executed, result };
}

/** A successful answer as its mappings read it. Any other stays as it came. */
export async function readBy(
  { executed, result }: Reading,
  answer: Answer,
  content: { readonly value: unknown } | undefined,
): Promise<ReadAnswer> {
  const { status } = answer;
  if (!isSuccess(status) || content === undefined) return answer;
  if (executed !== undefined) {
    const found = await executed(content.value);
    if (found.kind === 'failed') return unusable(status, `lookup.executed fails on it: ${found.reason}`);
    if (found.value === false) return { kind: 'notFound', status };
    if (found.value !== true) return unusable(status, 'lookup.executed makes neither true nor false of it');
  }
  if (result === undefined) return answer;
  const mapped = await result(content.value);
  return mapped.kind === 'failed'
    ? unusable(status, `the mapping to a result fails on it: ${mapped.reason}`)
    : jsonAnswer(answer, mapped.value);
}

function unusable(status: number, reason: string): ReadAnswer {
  return { kind: 'unusable', status, reason };
}

export function jsonAnswer(answer: Answer, value: unknown): Answer {
  const json = JSON.stringify(value) as string | undefined;
  return { ...answer, contentType: 'application/json', body: json ?? 'null' };
}
