import { createHash } from 'node:crypto';
import type { Randomness } from '../../../local/aws/step-functions/randomness.js';

/** The same bytes and ratios for the same seed. */
export function seededRandomness(seed: number): Randomness {
  let drawn = 0;
  const bytes = (count: number): Uint8Array => {
    drawn += 1;
    return createHash('sha512').update(`${seed}/${drawn}`).digest().subarray(0, count);
  };
  return { bytes, ratio: () => Buffer.from(bytes(4)).readUInt32BE() / 2 ** 32 };
}
