import type { Json, JsonObject } from '../json.js';

/** Variables set by Assign: a Parallel branch or Map iteration reads those around it and keeps its own to itself. */
export class Scope {
  readonly #parent: Scope | undefined;
  #own: JsonObject = {};

  constructor(parent?: Scope) {
    this.#parent = parent;
  }

  /** All that an expression in this scope sees; never changed afterwards. */
  get variables(): JsonObject {
    return this.#parent ? { ...this.#parent.variables, ...this.#own } : this.#own;
  }

  /** Without those of the scopes around it; never changed afterwards. */
  get own(): JsonObject {
    return this.#own;
  }

  assign(values: Readonly<Record<string, Json>>): void {
    this.#own = { ...this.#own, ...values };
  }
}
