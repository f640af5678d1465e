import { KEYS_MAX } from './seen-keys.js';

/** Results are kept for as many characters in all: at most 128 MiB. */
const RESULTS_MAX_CHARACTERS = 67_108_864;

/** The first result of every idempotency key; the oldest are forgotten beyond a million or 64 Mi characters. */
export class StoredResults {
  readonly #results = new Map<string, string>();
  readonly #charactersMax: number;
  #characters = 0;

  constructor(charactersMax = RESULTS_MAX_CHARACTERS) {
    this.#charactersMax = charactersMax;
  }

  get(key: string): string | undefined {
    return this.#results.get(key);
  }

  /** Keeps the result of a key that has none. */
  keep(key: string, result: string): void {
    this.#results.set(key, result);
    this.#characters += result.length;
    for (const [oldest, { length }] of this.#results) {
      if (this.#characters <= this.#charactersMax && this.#results.size <= KEYS_MAX) return;
      this.#results.delete(oldest);
      this.#characters -= length;
    }
  }
}
