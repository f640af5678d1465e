import type { CalledOperation } from '../../core/config/operation-config.js';
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
import {
  contentOf,
  jsonAnswer,
  type Mapping,
  mappingOf,
  readBy,
  type Reading,
  readingOf,
} from './mapped-content.js';
import type { Mapper } from './mapper.js';
import { childOf, childrenOf, type Element, parseRoot, textOf, valueOf } from './xml-reader.js';
import { escaped, xmlContent } from './xml-writer.js';

const ENVELOPE = {
  '1.1': 'http://schemas.xmlsoap.org/soap/envelope/',
  '1.2': 'http://www.w3.org/2003/05/soap-envelope',
} as const;

type Soap = NonNullable<CalledOperation['soap']>;

/** One operation by SOAP 1.1 or 1.2: the payload in an envelope, and of the answer the element in its body, or its fault. */
export type SoapAdapter = (
  operation: CalledOperation,
  soap: Soap,
  mapper: Mapper | undefined,
) => LegacyAdapter;

export const soapAdapter: SoapAdapter = (operation, soap, mapper) => {
  const mapBody = mappingOf(operation.body, mapper);
  const reading = readingOf(operation, mapper);
  return {
    toWire: (request) => toWire(request, soap, mapBody),
    fromWire: (answer) => fromWire(answer, reading),
  };
};

async function toWire(
  request: LegacyRequest,
  soap: Soap,
  mapBody: Mapping | undefined,
): Promise<AdapterRequest | Unsendable> {
  const address = addressOf(request);
  if ('faults' in address) return address;
  const content = await contentOf(request.payload, mapBody);
  if ('faults' in content) return content;
  const written = xmlContent(content.value);
  if ('faults' in written) return written;
  const { action, version } = soap;
  const headers: Record<string, string> =
    version === '1.1'
      ? { accept: 'text/xml', 'content-type': 'text/xml; charset=utf-8', soapaction: `"${action}"` }
      : { accept: 'application/soap+xml', 'content-type': typeOf12(action) };
  const body = envelope(soap, written.xml);
  return { method: 'POST', path: address.path, headers: { ...headers, ...address.headers }, body };
}

function typeOf12(action: string): string {
  return `application/soap+xml; charset=utf-8${action === '' ? '' : `; action="${action}"`}`;
}

function envelope({ version, namespace, element }: Soap, content: string): string {
  const [prefix] = element.includes(':') ? element.split(':') : [];
  const declared = prefix === undefined ? 'xmlns' : `xmlns:${prefix}`;
  const call = `<${element} ${declared}="${escaped(namespace, 'namespace', [])}">${content}</${element}>`;
  const body = `<soap:Body>${call}</soap:Body>`;
  return `<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="${ENVELOPE[version]}">${body}</soap:Envelope>`;
}

/** A fault is one with whatever status it comes. What is no SOAP, such as a proxy's page, is judged by its status. */
async function fromWire(answer: Answer, reading: Reading | undefined): Promise<ReadAnswer> {
  const { status, retryAfter, body } = answer;
  // A one-way operation is taken with 202 and nothing else.
  const isEmpty = body.trim() === '';
  const soapBody = isEmpty ? undefined : bodyOf(body);
  if (soapBody === undefined && !isEmpty) {
    const reason = 'an answer that is no SOAP envelope';
    return isSuccess(status) ? { kind: 'unreadable', status, retryAfter, reason } : answer;
  }
  const [content] = soapBody === undefined ? [] : childrenOf(soapBody);
  if (content?.name === 'Fault') return { kind: 'fault', status, retryAfter, ...faultOf(content) };
  if (!isSuccess(status)) return answer;
  const value = content === undefined ? null : valueOf(content);
  const read = jsonAnswer(answer, value);
  return reading === undefined ? read : readBy(reading, read, { value });
}

function bodyOf(text: string): Element | undefined {
  const root = parseRoot(text);
  return root?.name === 'Envelope' ? childOf(root, 'Body') : undefined;
}

/** The codes without their prefixes, the general one first. 1.1 has one, and 1.2 subcodes within. */
function faultOf(fault: Element): { readonly codes: readonly string[]; readonly text: string } {
  const code11 = childOf(fault, 'faultcode');
  if (code11 !== undefined) {
    const text = childOf(fault, 'faultstring');
    return { codes: [withoutPrefix(textOf(code11))], text: text === undefined ? '' : textOf(text) };
  }
  const text = childOf(childOf(fault, 'Reason'), 'Text');
  return { codes: codes12(childOf(fault, 'Code')), text: text === undefined ? '' : textOf(text) };
}

/** A fault nests a handful of them; more say nothing more. */
const CODES_MAX = 10;

function codes12(outermost: Element | undefined): readonly string[] {
  const codes: string[] = [];
  for (
    let code = outermost;
    code !== undefined && codes.length < CODES_MAX;
    code = childOf(code, 'Subcode')
  ) {
    const value = childOf(code, 'Value');
    if (value !== undefined) codes.push(withoutPrefix(textOf(value)));
  }
  return codes;
}

/** Bounded in length and kind, since it stands in logs and failures. */
function withoutPrefix(code: string): string {
  return code
    .slice(code.indexOf(':') + 1)
    .slice(0, 200)
    .replace(/[^\w.-]/g, '?');
}
