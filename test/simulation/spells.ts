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

/** When the legacy API is out of order. */
export interface Spells {
  readonly slowSpells: readonly Spell[];
  readonly busySpells: readonly Spell[];
  readonly outages: readonly Spell[];
}

/** Spells in which the legacy API is slow, is down, or has work enough from others. */
const SLOW: Proneness = { everyMs: 100_000, leastMs: 5_000, mostMs: 20_000 };
const DOWN: Proneness = { everyMs: 150_000, leastMs: 3_000, mostMs: 30_000 };
const BUSY: Proneness = { everyMs: 90_000, leastMs: 2_000, mostMs: 20_000 };

/** The spells of one run: each kind from its own stream of chance, and only where its fault is on. */
export function spellsUnder(
  rates: Readonly<Record<keyof Spells, boolean>>,
  durationMs: number,
  dice: (stream: string) => Dice,
): Spells {
  return {
    slowSpells: rates.slowSpells ? spellsOf(SLOW, durationMs, dice('slow')) : [],
    busySpells: rates.busySpells ? spellsOf(BUSY, durationMs, dice('busy')) : [],
    outages: rates.outages ? spellsOf(DOWN, durationMs, dice('outages')) : [],
  };
}

/** About one spell in each stretch of `everyMs` of the first `durationMs`. */
function spellsOf({ everyMs, leastMs, mostMs }: Proneness, durationMs: number, dice: Dice): Spell[] {
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
