/** Idempotency keys remembered; some 100 MB of keys of ordinary length. */
export const KEYS_MAX = 1_000_000;

/**
 * Tells a key's first execution from its repeats.
 *
 * Remembers the `keysMax` keys used last: a key that more than that many others have followed counts as new again.
 */
export class SeenKeys {
  readonly #keys = new Set<string>();
  readonly #keysMax: number;

  constructor(keysMax = KEYS_MAX) {
    this.#keysMax = keysMax;
  }

  /** Remembers the key; true when it was known already. */
  see(key: string): boolean {
    const repeated = this.#keys.delete(key);
    this.#keys.add(key);
    if (this.#keys.size > this.#keysMax) this.#forgetOldest();
    return repeated;
  }

  #forgetOldest(): void {
    for (const oldest of this.#keys) {
      this.#keys.delete(oldest);
      return;
    }
  }
}
