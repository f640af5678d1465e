import type { StateList } from './definition.js';
import type { Checking, Fields } from './fields.js';

/** Where a state stands, and how the states inside a Parallel or Map are read. */
export interface StateContext {
  readonly name: string;
  readonly path: string;
  readonly checking: Checking;
  readonly queryLanguage: string;
  readonly parseStateList: (fields: Fields, queryLanguage: string) => StateList;
}
