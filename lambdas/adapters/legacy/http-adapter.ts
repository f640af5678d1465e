import type { OperationConfig } from '../../core/config/orchestrator-config.js';
import type { LegacyRequest } from '../../core/outcomes/exchange.js';
import {
  type AdapterRequest,
  type Answer,
  isSuccess,
  type LegacyAdapter,
  type ReadAnswer,
  type Unsendable,
} from './adapter.js';
import { addressOf } from './address.js';
import { formBody } from './form-body.js';
import type { Mapped, Mapper } from './mapper.js';

/**
 * JSON and forms over HTTP, as the operation says. Without mappings the payload is the body, or for GET, which has none,
 * the query; and the answer passes through byte by byte.
 */
export function httpAdapter(operation: OperationConfig, mapper: Mapper | undefined): LegacyAdapter {
  const mapBody = mappingOf(operation.body, mapper);
  const mapResult = mappingOf(operation.result, mapper);
  return {
    toWire: (request) => toWire(request, mapBody),
    fromWire: (answer) =>
      mapResult === undefined ? answer : withResult(answer, parsedBody(answer), mapResult),
  };
}

export type Mapping = (input: unknown) => Promise<Mapped>;

/** Throws where a mapping is configured but the worker was not built with what maps. */
export function mappingOf(expression: string | undefined, mapper: Mapper | undefined): Mapping | undefined {
  if (expression === undefined) return undefined;
  if (mapper === undefined)
    throw new Error('a mapping is configured, but the worker was built without JSONata');
  return mapper(expression);
}

async function toWire(
  request: LegacyRequest,
  mapBody: Mapping | undefined,
): Promise<AdapterRequest | Unsendable> {
  const address = addressOf(request);
  if ('faults' in address) return address;
  const { method, format } = request.operation;
  const { path } = address;
  const common = { accept: 'application/json', ...address.headers };
  if (method === 'GET') return { method, path, headers: common, body: undefined };
  const content = await contentOf(request.payload, mapBody);
  if ('faults' in content) return content;
  // A request without a payload carries null in its message, and no body in its call.
  if (content.value === undefined || content.value === null)
    return { method, path, headers: common, body: undefined };
  const written = format === 'form' ? formBody(content.value) : { text: JSON.stringify(content.value) };
  if ('faults' in written) return written;
  const type = format === 'form' ? 'application/x-www-form-urlencoded' : 'application/json';
  return { method, path, headers: { 'content-type': type, ...common }, body: written.text };
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

/** A successful answer with the result that the mapping makes of its content. Any other stays as it came. */
export async function withResult(
  answer: Answer,
  content: { readonly value: unknown } | undefined,
  mapResult: Mapping,
): Promise<ReadAnswer> {
  if (!isSuccess(answer.status) || content === undefined) return answer;
  const mapped = await mapResult(content.value);
  if (mapped.kind === 'failed')
    return {
      kind: 'unusable',
      status: answer.status,
      reason: `the mapping to a result fails on it: ${mapped.reason}`,
    };
  return jsonAnswer(answer, mapped.value);
}

export function jsonAnswer(answer: Answer, value: unknown): Answer {
  const json = JSON.stringify(value) as string | undefined;
  return { ...answer, contentType: 'application/json', body: json ?? 'null' };
}

/** Honest text is a text. Undefined for what is not the JSON that it claims to be: no mapping can make it a result. */
function parsedBody({ body, contentType }: Answer): { readonly value: unknown } | undefined {
  if (body.trim() === '') return { value: null };
  try {
    return { value: JSON.parse(body) as unknown };
  } catch {
    return /[/+]json\b/i.test(contentType ?? '') ? undefined : { value: body };
  }
}
