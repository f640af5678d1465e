import { parse } from 'csv-parse/sync';
import type { ItemReader } from '../asl/definition.js';
import type { Json } from '../json.js';
import { StateError } from '../state-error.js';

/** The items in the text of an object, in its order. Throws States.ItemReaderFailed for what is not in its format. */
export function readItems(text: string, reader: ItemReader): readonly Json[] {
  try {
    switch (reader.inputType) {
      case 'JSON':
        return arrayOf(JSON.parse(text) as Json);
      case 'JSONL':
        return text
          .split('\n')
          .filter((line) => line.trim() !== '')
          .map((line) => JSON.parse(line) as Json);
      case 'CSV':
        return rowsOf(text, reader);
    }
  } catch (error) {
    throw itemReaderFailed(error);
  }
}

export function itemReaderFailed(error: unknown): StateError {
  return new StateError('States.ItemReaderFailed', error instanceof Error ? error.message : String(error));
}

/** Each row an object of texts, as Step Functions reads them: it knows no other type in CSV. */
function rowsOf(text: string, { csvHeaders, csvDelimiter }: ItemReader): readonly Json[] {
  return parse(text, {
    bom: true,
    columns: csvHeaders === undefined ? true : [...csvHeaders],
    delimiter: csvDelimiter,
    skip_empty_lines: true,
    relax_column_count: true,
  });
}

function arrayOf(value: Json): readonly Json[] {
  if (Array.isArray(value)) return value as readonly Json[];
  throw new Error('the JSON file is not an array');
}
