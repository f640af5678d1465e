import { randomBytes } from 'node:crypto';

/** Where execution names, task tokens and jitter come from; a test passes a seeded one to replay a run. */
export interface Randomness {
  bytes(count: number): Uint8Array;
  /** At least 0 and below 1. */
  ratio(): number;
}

export const systemRandomness: Randomness = {
  bytes: (count) => randomBytes(count),
  ratio: () => Math.random(),
};

/** A version 4 UUID, as AWS names executions that the caller left unnamed. */
export function newUuid(randomness: Randomness): string {
  const hex = Buffer.from(randomness.bytes(16)).toString('hex');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join('-');
}
