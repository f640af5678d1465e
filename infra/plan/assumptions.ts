/** A value that nobody gave, and the option that gives it. */
export interface Assumption {
  readonly what: string;
  readonly value: string;
  readonly option: string;
}

/** Fills in what was left out, and remembers it, because a plan is worth no more than what it assumes. */
export class Assumptions {
  readonly #made: Assumption[] = [];

  get made(): readonly Assumption[] {
    return this.#made;
  }

  given<T>(value: T | undefined, fallback: T, option: string, what: string, text: (value: T) => string): T {
    if (value === undefined) this.#made.push({ what, value: text(fallback), option });
    return value ?? fallback;
  }
}
