import type { Json } from '../json.js';
import { isJsonObject } from '../json.js';
import type { State } from './definition.js';
import { Fields } from './fields.js';
import { DISTRIBUTED_FIELDS } from './parse-distributed-map.js';
import { parseCatch, parseRetry } from './parse-error-handling.js';
import { parseChoice } from './parse-choice.js';
import { parseMap, parseParallel } from './parse-containers.js';
import { parseNext, parseResultFields } from './parse-result-fields.js';
import { parseTask } from './parse-task.js';
import type { StateContext } from './state-context.js';
import { isTimestamp } from '../timestamp.js';

const everyState = ['Type', 'Comment', 'QueryLanguage'];
const result = ['Output', 'Assign'];
const next = ['Next', 'End'];
const errors = ['Retry', 'Catch'];

const fieldsOfType = {
  Pass: [...everyState, ...result, ...next],
  Task: [
    ...everyState,
    ...result,
    ...next,
    ...errors,
    'Resource',
    'Arguments',
    'TimeoutSeconds',
    'HeartbeatSeconds',
  ],
  Choice: [...everyState, ...result, 'Choices', 'Default'],
  Wait: [...everyState, ...result, ...next, 'Seconds', 'Timestamp'],
  Succeed: [...everyState, 'Output'],
  Fail: [...everyState, 'Error', 'Cause'],
  Parallel: [...everyState, ...result, ...next, ...errors, 'Arguments', 'Branches'],
  Map: [
    ...everyState,
    ...result,
    ...next,
    ...errors,
    'Items',
    'ItemSelector',
    'ItemProcessor',
    'MaxConcurrency',
    ...DISTRIBUTED_FIELDS,
  ],
} as const satisfies Record<State['type'], readonly string[]>;

function isStateType(type: unknown): type is State['type'] {
  return typeof type === 'string' && Object.hasOwn(fieldsOfType, type);
}

/** One state, or undefined if its type is unknown; faults are noted. */
export function parseState(source: Json, context: StateContext): State | undefined {
  const type = isJsonObject(source) ? source['Type'] : undefined;
  if (!isStateType(type)) {
    context.checking.faults.push({
      path: `${context.path}/Type`,
      message: `field 'Type' must be one of ${Object.keys(fieldsOfType).join(', ')}: ${JSON.stringify(type ?? null)}`,
    });
    return undefined;
  }
  const fields = new Fields(source, context.path, context.checking, fieldsOfType[type]);
  fields.optionalString('Comment');
  const queryLanguage = fields.optionalString('QueryLanguage') ?? context.queryLanguage;
  if (queryLanguage !== 'JSONata') {
    fields.fault('QueryLanguage', `query language '${queryLanguage}' is not supported, only 'JSONata'`);
  }
  return parseTyped(type, fields, { ...context, queryLanguage });
}

function parseTyped(type: State['type'], fields: Fields, context: StateContext): State {
  const { name } = context;
  const result = () => ({ name, ...parseResultFields(fields) });
  const errorHandling = () => ({ retry: parseRetry(fields), catch: parseCatch(fields) });
  switch (type) {
    case 'Pass':
      return { type, ...result(), next: parseNext(fields) };
    case 'Task':
      return { type, ...result(), ...errorHandling(), ...parseTask(fields), next: parseNext(fields) };
    case 'Choice':
      return { type, ...result(), ...parseChoice(fields) };
    case 'Wait':
      return { type, ...result(), until: parseUntil(fields), next: parseNext(fields) };
    case 'Succeed':
      return { type, ...result() };
    case 'Fail': {
      const text = (field: string) =>
        fields.templateOf(field, (value) => typeof value === 'string', 'a string');
      return { type, name, error: text('Error'), cause: text('Cause') };
    }
    case 'Parallel':
      return {
        type,
        ...result(),
        ...errorHandling(),
        ...parseParallel(fields, context),
        next: parseNext(fields),
      };
    case 'Map':
      return { type, ...result(), ...errorHandling(), ...parseMap(fields, context), next: parseNext(fields) };
  }
}

function parseUntil(fields: Fields) {
  const seconds = fields.templateOf('Seconds', isWaitSeconds, 'an integer from 0 to 99999999');
  const timestamp = fields.templateOf('Timestamp', isTimestamp, 'an RFC 3339 timestamp');
  if (fields.has('Seconds') === fields.has('Timestamp')) {
    fields.fault('', "a Wait state needs exactly one of the fields 'Seconds' and 'Timestamp'");
  }
  return timestamp
    ? ({ kind: 'timestamp', template: timestamp } as const)
    : ({ kind: 'seconds', template: seconds ?? { kind: 'literal', value: 0 } } as const);
}

function isWaitSeconds(value: Json): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 99_999_999;
}
