import { type Random, seededRandom } from '../seeded-random.js';

/**
 * What the nasty API does to calls, each with the share of them that it is done to.
 *
 * Together they trouble about one call in eight: most work still flows, every kind turns up several times in 500 calls,
 * and a call that is repeated up to eight times gets through. Those that cost a slot its whole timeout, or close the
 * gate for all slots, are the rarer ones: more of them would only make the run longer.
 */
export const API_FAULTS = {
  '429': { ratio: 0.015, what: 'answers 429 at once, with Retry-After in seconds, as a date, or without' },
  '4xx': { ratio: 0.02, what: 'refuses the request as it is, each time it comes' },
  '5xx': { ratio: 0.02, what: 'answers 500, 502 or 503, half of the time after it has committed' },
  hang: { ratio: 0.012, what: 'holds the connection past the timeout, commits nothing' },
  reset: { ratio: 0.012, what: 'resets the connection before it has done anything' },
  'commit-then-timeout': { ratio: 0.012, what: 'commits, and never answers' },
  'commit-then-reset': { ratio: 0.012, what: 'commits, and resets the connection' },
  garbage: {
    ratio: 0.015,
    what: 'commits, and answers 200 with a body that is not the JSON it claims to be',
  },
  oversized: { ratio: 0.012, what: 'commits, and answers 200 with more than 1 MiB' },
} as const satisfies Readonly<Record<string, { readonly ratio: number; readonly what: string }>>;

export type ApiFault = keyof typeof API_FAULTS;

/** Which call, or which lookup, of a key this is, from 1. */
export interface CallOfKey {
  readonly kind: 'call' | 'lookup';
  readonly idempotencyKey: string;
  readonly nth: number;
}

/**
 * What befalls the nth call of a key; undefined for most. The same seed gives it the same fate, in whatever order the
 * keys' calls arrive. `4xx` is the fate of a request rather than of a call: such a key is refused each time.
 */
export function faultOf(
  faults: readonly ApiFault[],
  seed: number,
  { kind, idempotencyKey, nth }: CallOfKey,
): ApiFault | undefined {
  const refused = drawFor(seed, `refused ${kind} ${idempotencyKey}`)() < API_FAULTS['4xx'].ratio;
  if (refused && faults.includes('4xx')) return '4xx';
  let drawn = drawFor(seed, `${kind} ${nth} of ${idempotencyKey}`)();
  for (const fault of faults.filter((candidate) => candidate !== '4xx')) {
    drawn -= API_FAULTS[fault].ratio;
    if (drawn < 0) return fault;
  }
  return undefined;
}

/** Numbers that follow from the seed and the name alone. */
export function drawFor(seed: number, name: string): Random {
  let hash = seed >>> 0;
  for (const character of name) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  const random = seededRandom(hash);
  // Hashes of names that differ in their last character lie close together.
  random();
  return random;
}
