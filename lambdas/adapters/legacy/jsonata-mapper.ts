import jsonata from 'jsonata';
import { MAPPING_MAX_MS } from '../../core/config/timings.js';
import type { Mapped } from './mapper.js';

/** Bound for each evaluation; not an identifier, so that no expression can reach or replace it. */
const DEADLINE = 'evaluation deadline';

/** JSONata calls what is bound to this symbol before it evaluates each node. */
const BEFORE_EACH_NODE = Symbol.for('jsonata.__evaluate_entry');

/** Mappings in JSONata, each of which ends within a second. */
export function jsonataMapper(expression: string): (input: unknown) => Promise<Mapped> {
  const compiled = jsonata(expression);
  // The declared type of `assign` forgets that JSONata reads symbols too.
  compiled.assign(BEFORE_EACH_NODE as unknown as string, refuseAfterDeadline);
  return async (input) => {
    try {
      const bindings = { [DEADLINE]: performance.now() + MAPPING_MAX_MS };
      return { kind: 'mapped', value: await compiled.evaluate(input, bindings) };
    } catch (error) {
      return { kind: 'failed', reason: reasonOf(error) };
    }
  };
}

class TooSlowError extends Error {}

function refuseAfterDeadline(_node: unknown, _input: unknown, environment: jsonata.Environment): void {
  const deadlineMs: unknown = environment.lookup(DEADLINE);
  if (typeof deadlineMs === 'number' && performance.now() > deadlineMs) throw new TooSlowError();
}

/** The code and the place alone: JSONata's own messages quote values, and so would `$error`. */
function reasonOf(error: unknown): string {
  if (error instanceof TooSlowError) return `it takes longer than ${MAPPING_MAX_MS} ms`;
  const { code, position } = error as { readonly code?: unknown; readonly position?: unknown };
  if (typeof code !== 'string') return error instanceof Error ? error.name : 'it fails';
  return `JSONata error ${code}${typeof position === 'number' ? ` at character ${position}` : ''}`;
}
