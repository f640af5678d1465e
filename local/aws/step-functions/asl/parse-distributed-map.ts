import type { DistributedMap, ItemReader, ResultWriter } from './definition.js';
import { Fields } from './fields.js';
import { isJsonObject } from '../json.js';

/** The fields of a Map state that only a Distributed Map may have. */
export const DISTRIBUTED_FIELDS = [
  'Label',
  'ItemReader',
  'ResultWriter',
  'ToleratedFailureCount',
  'ToleratedFailurePercentage',
] as const;

const labelMaxCharacters = 40;

const getObject = 'arn:aws:states:::s3:getObject';
const putObject = 'arn:aws:states:::s3:putObject';

/** What makes a Map a Distributed Map, or undefined for an inline one; faults are noted. */
export function parseDistributedMap(fields: Fields, name: string): DistributedMap | undefined {
  if (!isDistributed(fields.raw('ItemProcessor'))) {
    for (const field of DISTRIBUTED_FIELDS)
      if (fields.has(field)) fields.fault(field, `field '${field}' needs the processor mode 'DISTRIBUTED'`);
    return undefined;
  }
  const label = fields.optionalString('Label') ?? name.replace(/[^0-9A-Za-z_-]/g, '');
  if (fields.has('Label') && label.length > labelMaxCharacters)
    fields.fault('Label', `field 'Label' must have at most ${labelMaxCharacters} characters`);
  return {
    label: label.slice(0, labelMaxCharacters),
    itemReader: parseItemReader(fields),
    resultWriter: parseResultWriter(fields),
    toleratedFailureCount: fields.templateOf('ToleratedFailureCount', isCount, 'an integer of at least 0'),
    toleratedFailurePercentage: fields.templateOf(
      'ToleratedFailurePercentage',
      isPercentage,
      'a number from 0 to 100',
    ),
  };
}

function isDistributed(processor: unknown): boolean {
  const config = isJsonObject(processor) ? processor['ProcessorConfig'] : undefined;
  return isJsonObject(config) && config['Mode'] === 'DISTRIBUTED';
}

function parseItemReader(fields: Fields): ItemReader | undefined {
  const source = fields.raw('ItemReader');
  if (source === undefined) return undefined;
  if (fields.has('Items')) fields.fault('Items', "a Map has either 'Items' or an 'ItemReader'");
  const path = `${fields.path}/ItemReader`;
  const reader = new Fields(source, path, fields.checking, ['Resource', 'Arguments', 'ReaderConfig']);
  requireResource(reader, getObject);
  const known = ['InputType', 'CSVHeaderLocation', 'CSVHeaders', 'CSVDelimiter'];
  const config = new Fields(reader.raw('ReaderConfig') ?? {}, `${path}/ReaderConfig`, fields.checking, known);
  const inputType = oneOf(config, 'InputType', ['JSON', 'JSONL', 'CSV'], 'JSON');
  const csv = inputType === 'CSV';
  if (!csv)
    for (const field of known.slice(1))
      if (config.has(field)) config.fault(field, `field '${field}' is for CSV`);
  const given = csv && oneOf(config, 'CSVHeaderLocation', ['FIRST_ROW', 'GIVEN']) === 'GIVEN';
  return {
    inputType,
    csvHeaders: given ? config.array('CSVHeaders').map(String) : undefined,
    csvDelimiter: DELIMITERS[oneOf(config, 'CSVDelimiter', DELIMITER_NAMES, 'COMMA')],
    arguments: requiredTemplate(reader),
  };
}

const DELIMITERS = { COMMA: ',', PIPE: '|', SEMICOLON: ';', SPACE: ' ', TAB: '\t' } as const;
const DELIMITER_NAMES = ['COMMA', 'PIPE', 'SEMICOLON', 'SPACE', 'TAB'] as const;

function parseResultWriter(fields: Fields): ResultWriter | undefined {
  const source = fields.raw('ResultWriter');
  if (source === undefined) return undefined;
  const path = `${fields.path}/ResultWriter`;
  const writer = new Fields(source, path, fields.checking, ['Resource', 'Arguments', 'WriterConfig']);
  requireResource(writer, putObject);
  const config = new Fields(writer.raw('WriterConfig') ?? {}, `${path}/WriterConfig`, fields.checking, [
    'OutputType',
    'Transformation',
  ]);
  // Others would need more of AWS's own formats than anybody here has seen.
  oneOf(config, 'Transformation', ['NONE'], 'NONE');
  return {
    outputType: oneOf(config, 'OutputType', ['JSON', 'JSONL'], 'JSON'),
    arguments: requiredTemplate(writer),
  };
}

function requiredTemplate(fields: Fields) {
  if (!fields.has('Arguments')) fields.fault('Arguments', "field 'Arguments' is required");
  return fields.template('Arguments') ?? ({ kind: 'literal', value: {} } as const);
}

function requireResource(fields: Fields, expected: string): void {
  const resource = fields.requiredString('Resource');
  if (resource !== '' && resource !== expected)
    fields.fault('Resource', `resource '${resource}' is not supported, only '${expected}'`);
}

function oneOf<T extends string>(fields: Fields, name: string, allowed: readonly [T, ...T[]], unless?: T): T {
  const value = unless === undefined ? fields.requiredString(name) : (fields.optionalString(name) ?? unless);
  const known = allowed.find((one) => one === value);
  if (known === undefined && value !== '')
    fields.fault(name, `field '${name}' must be one of ${allowed.join(', ')}: ${value}`);
  return known ?? allowed[0];
}

export function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}

export function isPercentage(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= 100;
}
