import { counted } from '../../lambdas/core/contracts/counted.js';
import type { RunRecord } from './run-record.js';

const CAUSE_CHARACTERS_MAX = 300;

/** A sentence for each kind of failure: how many executions ended so, and what one of them said. */
export function failuresOf(record: RunRecord): readonly string[] {
  const kinds = new Map<string, { count: number; readonly example: string }>();
  for (const [name, { end }] of record.executions) {
    if (end === undefined || end.status === 'SUCCEEDED') continue;
    const kind = end.error ?? end.status;
    const cause = (end.cause ?? 'no cause').slice(0, CAUSE_CHARACTERS_MAX);
    const known = kinds.get(kind) ?? { count: 0, example: `${name}: ${cause}` };
    kinds.set(kind, { ...known, count: known.count + 1 });
  }
  return [...kinds].map(
    ([kind, { count, example }]) => `${counted(count, 'execution')} failed with ${kind}; of ${example}`,
  );
}
