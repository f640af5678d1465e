/**
 * The limits as an outsider sees them, written without the product's arithmetic: it keeps every instant and counts.
 */

interface Rule {
  readonly fromMs: number;
  readonly allowed: number;
}

/** What was allowed when: a limit that changes while calls run. */
export class Allowance {
  readonly #rules: Rule[];

  constructor(allowed: number) {
    this.#rules = [{ fromMs: -Infinity, allowed }];
  }

  change(fromMs: number, allowed: number): void {
    this.#rules.push({ fromMs, allowed });
  }

  /** The most that was allowed at some instant of a period. */
  mostBetween(fromMs: number, toMs: number): number {
    let most = 0;
    let untilMs = Infinity;
    for (let index = this.#rules.length - 1; index >= 0; index -= 1) {
      const rule = this.#rules[index];
      if (rule === undefined || untilMs <= fromMs) break;
      if (rule.fromMs <= toMs) most = Math.max(most, rule.allowed);
      untilMs = rule.fromMs;
    }
    return most;
  }
}

export interface WindowRule {
  readonly windowMs: number;
  readonly allowance: Allowance;
  /** How long after a change the old limit may still be used. */
  readonly graceMs: number;
}

/** Counts the starts in every half-open window that ends with a start: no window that breaks the limit escapes it. */
export class WindowJudge {
  readonly #rule: WindowRule;
  readonly #report: (what: string) => void;
  #starts: number[] = [];
  #head = 0;
  #peak = 0;

  constructor(rule: WindowRule, report: (what: string) => void) {
    this.#rule = rule;
    this.#report = report;
  }

  /** The most starts that any window held. */
  get peak(): number {
    return this.#peak;
  }

  started(atMs: number): void {
    const { windowMs, allowance, graceMs } = this.#rule;
    this.#starts.push(atMs);
    while ((this.#starts[this.#head] ?? Infinity) <= atMs - windowMs) this.#head += 1;
    if (this.#head > 1_000) {
      this.#starts = this.#starts.slice(this.#head);
      this.#head = 0;
    }
    const count = this.#starts.length - this.#head;
    const allowed = allowance.mostBetween(atMs - windowMs - graceMs, atMs);
    this.#peak = Math.max(this.#peak, count);
    if (count > allowed) this.#report(`${count} calls in ${windowMs} ms where ${allowed} are allowed`);
  }
}

/** Counts the calls that the legacy API works on, those of dead clients included. */
export class InFlightJudge {
  readonly #allowance: Allowance;
  readonly #graceMs: number;
  readonly #report: (what: string) => void;
  #count = 0;
  #peak = 0;

  constructor(allowance: Allowance, graceMs: number, report: (what: string) => void) {
    this.#allowance = allowance;
    this.#graceMs = graceMs;
    this.#report = report;
  }

  get peak(): number {
    return this.#peak;
  }

  arrived(atMs: number): void {
    this.#count += 1;
    this.#peak = Math.max(this.#peak, this.#count);
    const allowed = this.#allowance.mostBetween(atMs - this.#graceMs, atMs);
    if (this.#count > allowed) this.#report(`${this.#count} calls in flight where ${allowed} are allowed`);
  }

  ended(): void {
    this.#count -= 1;
  }
}
