import type { Dice } from './dice.js';

/** Periods in which something is out of order. */
export interface Spell {
  readonly fromMs: number;
  readonly toMs: number;
}

/** About one spell in each stretch of `everyMs`, each lasting from `leastMs` to `mostMs`. */
export function randomSpells(
  dice: Dice,
  { fromMs, toMs, everyMs, leastMs, mostMs }: Spell & Record<'everyMs' | 'leastMs' | 'mostMs', number>,
): Spell[] {
  const spells: Spell[] = [];
  for (let stretchMs = fromMs; stretchMs < toMs; stretchMs += everyMs) {
    const startMs = stretchMs + dice.ratio() * everyMs;
    spells.push({ fromMs: startMs, toMs: startMs + dice.between(leastMs, mostMs) });
  }
  return spells;
}

export function isWithin(spells: readonly Spell[], atMs: number): boolean {
  return spells.some(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs);
}
