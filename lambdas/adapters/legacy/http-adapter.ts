import type { CalledOperation } from '../../core/config/operation-config.js';
import type { LegacyRequest } from '../../core/outcomes/exchange.js';
import type { AdapterRequest, Answer, LegacyAdapter, Unsendable } from './adapter.js';
import { addressOf } from './address.js';
import { formBody } from './form-body.js';
import { contentOf, type Mapping, mappingOf, readBy, readingOf } from './mapped-content.js';
import type { Mapper } from './mapper.js';

/**
 * JSON and forms over HTTP, as the operation says. Without mappings the payload is the body, or for GET, which has none,
 * the query; and the answer passes through byte by byte.
 */
export function httpAdapter(operation: CalledOperation, mapper: Mapper | undefined): LegacyAdapter {
  const mapBody = mappingOf(operation.body, mapper);
  const reading = readingOf(operation, mapper);
  return {
    toWire: (request) => toWire(request, mapBody),
    fromWire: (answer) => (reading === undefined ? answer : readBy(reading, answer, parsedBody(answer))),
  };
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

/** Honest text is a text. Undefined for what is not the JSON that it claims to be: no mapping can make it a result. */
function parsedBody({ body, contentType }: Answer): { readonly value: unknown } | undefined {
  if (body.trim() === '') return { value: null };
  try {
    return { value: JSON.parse(body) as unknown };
  } catch {
    return /[/+]json\b/i.test(contentType ?? '') ? undefined : { value: body };
  }
}
