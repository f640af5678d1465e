import { idOfKey } from '../legacy-api/respond.js';
import type { RunRecord } from './run-record.js';

/** How many executions succeeded with anything but the simulated API's answer to their own call. */
export function wrongResults(record: RunRecord): number {
  return [...record.executions].filter(
    ([name, { end }]) => end?.status === 'SUCCEEDED' && !isAnswerTo(name, end.output),
  ).length;
}

function isAnswerTo(name: string, output: string | null): boolean {
  const result = JSON.parse(output ?? 'null') as { readonly id?: unknown } | null;
  return result?.id === idOfKey(name);
}
