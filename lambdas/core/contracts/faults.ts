import type { BaseIssue } from 'valibot';

/** Longer texts are told by their length: they may hold a payload or a token in the wrong place. */
const QUOTED_MAX_CHARACTERS = 80;

/** Says every fault of a refused value as a sentence: where, what is allowed, and the value where it is short. */
export function sentences(issues: readonly BaseIssue<unknown>[]): string[] {
  return issues.map((issue) => `${pathOf(issue)}: ${complaint(issue)}`);
}

function pathOf(issue: BaseIssue<unknown>): string {
  const path = (issue.path ?? [])
    .map((item) => (typeof item.key === 'number' ? `[${item.key}]` : `.${String(item.key)}`))
    .join('');
  return path === '' ? 'value' : printable(path.replace(/^\./, ''));
}

function complaint(issue: BaseIssue<unknown>): string {
  if (issue.type === 'strict_object' && issue.expected === 'never')
    return 'unknown field; remove it or correct its name';
  if (issue.received === 'undefined') return 'missing; add it';
  return `expected ${allowedBy(issue)} but got ${quoted(issue.received)}`;
}

/** Our own sentence where the schema has one; the library's begins with "Invalid". */
function allowedBy({ expected, message }: BaseIssue<unknown>): string {
  return expected === null || !message.startsWith('Invalid ') ? message : inWords(expected);
}

/** What the schema library calls the types of JSON. */
const TYPES: Readonly<Record<string, string>> = {
  ...{ Object: 'an object', Array: 'a list', string: 'a text', number: 'a number', boolean: 'true or false' },
};

/** The schema library writes a choice as `("a" | "b")`. */
function inWords(expected: string): string {
  const type = TYPES[expected];
  if (type !== undefined) return type;
  const choice = /^\((.+)\)$/.exec(expected)?.[1];
  return choice === undefined ? expected : `one of ${choice.replaceAll('"', '').replaceAll(' | ', ', ')}`;
}

/** A value as it may stand in a log, a queue and a task's cause: short, printable and without credentials. */
function quoted(received: string): string {
  if (received === 'Object' || received === 'Array') return inWords(received);
  if (received.length > QUOTED_MAX_CHARACTERS) return `a text of ${received.length - 2} characters`;
  return printable(received.replace(/\/\/[^@/"]*@/, '//***@'));
}

function printable(text: string): string {
  return text.replace(/\p{C}/gu, '?');
}
