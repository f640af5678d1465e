import type { LegacyRequest } from '../../core/outcomes/exchange.js';
import {
  type AdapterRequest,
  type Answer,
  isSuccess,
  type LegacyAdapter,
  type ReadAnswer,
  type Unsendable,
} from '../legacy/adapter.js';

/**
 * Texts of lines such as `ORDER=A-1`, both ways: an adapter of one's own to begin with. The answer's first line is OK, or
 * ERROR and a code, whatever the status.
 */
export const adapter: LegacyAdapter = { toWire, fromWire };

function toWire({ operation, payload }: LegacyRequest): AdapterRequest | Unsendable {
  const fields = typeof payload === 'object' && payload !== null ? Object.entries(payload) : [];
  if (fields.length === 0) return { faults: ['payload: expected an object with at least one field'] };
  // Every fault at once, by the field's place: neither names nor values of a payload belong into a failure.
  const faults = fields.flatMap(([name, value], index) =>
    /^\w{1,40}$/.test(name) && /^[^\r\n]*$/.test(String(value)) && typeof value !== 'object'
      ? []
      : [`payload: field ${index + 1} cannot be a line; expected a word, and a text without line breaks`],
  );
  if (faults.length > 0) return { faults };
  const body = fields.map(([name, value]) => `${name.toUpperCase()}=${String(value)}\n`).join('');
  const headers = { accept: 'text/plain', 'content-type': 'text/plain; charset=utf-8' };
  return { method: operation.method, path: operation.path, headers, body };
}

function fromWire(answer: Answer): ReadAnswer {
  const { status, retryAfter, body } = answer;
  // A status that is no success says enough.
  if (!isSuccess(status)) return answer;
  const [first = '', ...lines] = body.trim().split(/\r?\n/);
  const [, code] = /^ERROR (\w{1,40})/.exec(first) ?? [];
  // `Client` blames the caller; anything else may have been executed.
  if (code !== undefined)
    return {
      kind: 'fault',
      status,
      retryAfter,
      codes: [code === 'BUSY' ? 'Server' : 'Client', code],
      text: '',
    };
  if (first !== 'OK')
    return {
      kind: 'unreadable',
      status,
      retryAfter,
      reason: 'an answer that begins with neither OK nor ERROR',
    };
  const result = Object.fromEntries(lines.map((line) => fieldOf(line)));
  return { ...answer, contentType: 'application/json', body: JSON.stringify(result) };
}

function fieldOf(line: string): readonly [string, string] {
  const [name = '', ...value] = line.split('=');
  return [name, value.join('=')];
}
