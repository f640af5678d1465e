import { fieldsOf } from '../../core/config/placeholders.js';
import type { LegacyRequest } from '../../core/outcomes/exchange.js';
import type { Unsendable } from './adapter.js';
import { fill, isScalar, onlyFieldOf, valueAt } from './fill-template.js';

/** Where a call goes and with which headers, filled from its payload. */
export interface Address {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Fills the path, query and headers of an operation, or says every fault. */
export function addressOf(request: LegacyRequest): Address | Unsendable {
  const { operation, payload } = request;
  const faults: string[] = [];
  const path = pathOf(operation.path, payload, faults);
  const query = queryOf(request, faults);
  const headers = headersOf(operation.headers ?? {}, payload, faults);
  if (faults.length > 0) return { faults };
  const separator = path.includes('?') ? '&' : '?';
  return { path: query === '' ? path : `${path}${separator}${query}`, headers };
}

/**
 * Each value is encoded. One that is empty, or that makes a segment of dots, is refused: it would lead to another
 * resource, such as from one order to the list of all.
 */
function pathOf(template: string, payload: unknown, faults: string[]): string {
  const filled = fill(template, payload, (value) => encoded(String(value)));
  if ('fault' in filled) {
    faults.push(filled.fault);
    return '';
  }
  if (template !== filled.text && /(^|\/)\.{1,2}(?=\/|[?#]|$)/.test(filled.text))
    faults.push('payload: a value that fills the path is . or .., which leads elsewhere');
  return filled.text;
}

/** Undefined for what no address can hold, such as half a character. */
function encoded(value: string): string | undefined {
  if (value === '') return undefined;
  try {
    return encodeURIComponent(value);
  } catch {
    return undefined;
  }
}

function queryOf({ operation, payload }: LegacyRequest, faults: string[]): string {
  const parameters = new URLSearchParams();
  if (operation.query === undefined) {
    if (operation.method === 'GET') restOf(operation.path, payload, parameters);
    return parameters.toString();
  }
  for (const [name, template] of Object.entries(operation.query)) {
    const field = onlyFieldOf(template);
    if (field !== undefined) {
      appendAll(parameters, name, valueAt(payload, field));
      continue;
    }
    const filled = fill(template, payload, String);
    if ('fault' in filled) faults.push(filled.fault);
    else parameters.append(name, filled.text);
  }
  return parameters.toString();
}

/** A GET without a query of its own asks with every field that its path has not taken. */
function restOf(path: string, payload: unknown, parameters: URLSearchParams): void {
  if (typeof payload !== 'object' || payload === null) return;
  const taken = new Set(fieldsOf(path).map(([name]) => name));
  for (const [name, value] of Object.entries(payload)) {
    if (!taken.has(name)) parameters.append(name, textOf(value));
  }
}

/** What is absent is left out, and a list is given item by item. */
function appendAll(parameters: URLSearchParams, name: string, value: unknown): void {
  if (value === undefined || value === null) return;
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  for (const item of items) parameters.append(name, textOf(item));
}

function textOf(value: unknown): string {
  return isScalar(value) ? String(value) : JSON.stringify(value);
}

/** What HTTP takes in the value of a header, without anything that could end it. */
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

function headersOf(
  templates: Readonly<Record<string, string>>,
  payload: unknown,
  faults: string[],
): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  for (const [name, template] of Object.entries(templates)) {
    const field = onlyFieldOf(template);
    if (field !== undefined && (valueAt(payload, field) ?? undefined) === undefined) continue;
    const filled = fill(template, payload, (value) =>
      HEADER_VALUE.test(String(value)) ? String(value) : undefined,
    );
    if ('fault' in filled) faults.push(filled.fault);
    else headers[name.toLowerCase()] = filled.text;
  }
  return headers;
}
