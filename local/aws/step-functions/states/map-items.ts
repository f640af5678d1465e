import type { MapState } from '../asl/definition.js';
import type { Json } from '../json.js';
import type { Visit } from './visit.js';

/** The items that the state or its input names; fails the state where there is no array. */
export async function itemsOf(visit: Visit, state: MapState): Promise<readonly Json[]> {
  if (state.items) return visit.evaluateAs(state.items, 'array', isArray);
  const { value, text } = visit.input;
  if (isArray(value)) return value;
  return visit.failEvaluation(`Map state input must be an array but was: ${text.slice(0, 100)}`);
}

function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
