import type { Dice } from './dice.js';
import { START_MS } from './scheduler.js';

/** Periods in which something is out of order. */
export interface Spell {
  readonly fromMs: number;
  readonly toMs: number;
}

/** How often something is out of order, and for how long. */
interface Proneness {
  readonly everyMs: number;
  readonly leastMs: number;
  readonly mostMs: number;
}

/** Spells in which the legacy API is slow, or down. */
export const SLOW: Proneness = { everyMs: 100_000, leastMs: 5_000, mostMs: 20_000 };
export const DOWN: Proneness = { everyMs: 150_000, leastMs: 3_000, mostMs: 30_000 };

/** About one spell in each stretch of `everyMs` of the first `durationMs`. */
export function spellsOf({ everyMs, leastMs, mostMs }: Proneness, durationMs: number, dice: Dice): Spell[] {
  const spells: Spell[] = [];
  for (let stretchMs = START_MS; stretchMs < START_MS + durationMs; stretchMs += everyMs) {
    const fromMs = stretchMs + dice.ratio() * everyMs;
    spells.push({ fromMs, toMs: fromMs + dice.between(leastMs, mostMs) });
  }
  return spells;
}

export function isWithin(spells: readonly Spell[], atMs: number): boolean {
  return spells.some(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs);
}
