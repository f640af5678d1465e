import type { RunRecord } from './run-record.js';

/** How many executions succeeded with anything but the legacy API's answer to their own call. */
export function wrongResults(record: RunRecord): number {
  return [...record.executions].filter(
    ([name, { end }]) => end?.status === 'SUCCEEDED' && !echoes(end.output, name),
  ).length;
}

function echoes(output: string | null, name: string): boolean {
  const result = JSON.parse(output ?? 'null') as {
    readonly received?: { readonly reference?: unknown };
  } | null;
  return result?.received?.reference === name;
}
