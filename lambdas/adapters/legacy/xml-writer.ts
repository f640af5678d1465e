import type { Unsendable } from './adapter.js';
import { isScalar } from './fill-template.js';

/** Names with at most one prefix. Nothing else may become a tag or an attribute. */
const NAME = /^([A-Za-z_][\w.-]*:)?[A-Za-z_][\w.-]*$/;

/** What XML 1.0 cannot hold, not even escaped: control characters and half characters. */
const FORBIDDEN = /[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/**
 * The content of an element, written from a value: fields of objects are elements, lists repeat their element, `@name`
 * is an attribute and `#text` the text beside it; null is left out. Says every fault, by the names that lead to it.
 */
export function xmlContent(value: unknown): { readonly xml: string } | Unsendable {
  const faults: string[] = [];
  const { content } = written(value, 'body', faults);
  return faults.length > 0 ? { faults } : { xml: content };
}

interface Written {
  readonly attributes: string;
  readonly content: string;
}

function written(value: unknown, where: string, faults: string[]): Written {
  if (value === null || value === undefined) return { attributes: '', content: '' };
  if (isScalar(value)) return { attributes: '', content: escaped(String(value), where, faults) };
  if (typeof value !== 'object' || Array.isArray(value)) {
    faults.push(`${where}: expected an object, a text, a number or a flag`);
    return { attributes: '', content: '' };
  }
  const fields = Object.entries(value) as [string, unknown][];
  const attributes = fields
    .filter(([name, field]) => name.startsWith('@') && field !== null && field !== undefined)
    .map(([name, field]) => attribute(name.slice(1), field, `${where}.${name}`, faults));
  const content = fields
    .filter(([name]) => !name.startsWith('@'))
    .map(([name, field]) =>
      name === '#text'
        ? written(field, `${where}.#text`, faults).content
        : elements(name, field, where, faults),
    );
  return { attributes: attributes.join(''), content: content.join('') };
}

function attribute(name: string, value: unknown, where: string, faults: string[]): string {
  if (!NAME.test(name)) faults.push(`${where}: expected the name of an attribute`);
  else if (isScalar(value)) return ` ${name}="${escaped(String(value), where, faults)}"`;
  else faults.push(`${where}: expected a text, a number or a flag, as attributes have`);
  return '';
}

function elements(name: string, field: unknown, parent: string, faults: string[]): string {
  const where = `${parent}.${name}`;
  if (!NAME.test(name)) {
    faults.push(`${where}: expected the name of an element`);
    return '';
  }
  const items: readonly unknown[] = Array.isArray(field) ? field : [field];
  return items
    .filter((item) => item !== null && item !== undefined)
    .map((item) => {
      const { attributes, content } = written(item, where, faults);
      return `<${name}${attributes}>${content}</${name}>`;
    })
    .join('');
}

const ESCAPES: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' },
  // Else a parser would make other white space of them.
  ...{ '\r': '&#13;', '\n': '&#10;', '\t': '&#9;' },
};

export function escaped(text: string, where: string, faults: string[]): string {
  if (FORBIDDEN.test(text)) faults.push(`${where}: it has characters that XML cannot hold`);
  return text.replace(/[&<>"\r\n\t]/g, (character) => ESCAPES[character] ?? character);
}
