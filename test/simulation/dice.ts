/** Chance, repeatable: the same seed and stream give the same throws, whatever other streams throw meanwhile. */
export interface Dice {
  /** Uniform in [0, 1). */
  ratio(): number;
  /** True with this probability. Throws no die for 0. */
  chance(probability: number): boolean;
  /** A whole number in [least, most]. */
  between(least: number, most: number): number;
  pick<T>(choices: readonly [T, ...T[]]): T;
}

/** How long something takes: log-normal, as waits in networks and services are. Milliseconds. */
export interface Latency {
  readonly medianMs: number;
  readonly p99Ms: number;
}

export function diceOf(seed: number, stream: string): Dice {
  const ratio = mulberry32(hash(`${seed}/${stream}`));
  return {
    ratio,
    chance: (probability) => probability > 0 && ratio() < probability,
    between: (least, most) => least + Math.floor(ratio() * (most - least + 1)),
    pick: (choices) => choices[Math.floor(ratio() * choices.length)] ?? choices[0],
  };
}

/** The 99th percentile of the standard normal distribution. */
const Z_OF_P99 = 2.326;

/** One draw, in whole milliseconds, at least 1. */
export function latencyMs(dice: Dice, { medianMs, p99Ms }: Latency): number {
  const sigma = Math.log(p99Ms / medianMs) / Z_OF_P99;
  return Math.max(1, Math.round(medianMs * Math.exp(sigma * standardNormal(dice))));
}

/** The wait until the next of events that come at random, this many a second on average. */
export function exponentialMs(dice: Dice, perSecond: number): number {
  return (-Math.log(1 - dice.ratio()) / perSecond) * 1_000;
}

function standardNormal(dice: Dice): number {
  return Math.sqrt(-2 * Math.log(1 - dice.ratio())) * Math.cos(2 * Math.PI * dice.ratio());
}

function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** FNV-1a. */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    state = Math.imul(state ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return state;
}
