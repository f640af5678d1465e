const FIRST_MS = 200;
const FACTOR = 1.5;

/** Step Functions answers DescribeExecution only 10 to 15 times a second for a whole account and Region. */
const LONGEST_MS = 15_000;

/** How much of each wait is drawn, so that waits that began together part. */
const JITTER_RATIO = 0.2;

/**
 * How long to wait before looking again: soon at first, then half as long again each time, up to 15 s.
 *
 * @param looks how often it was looked already, from 0
 * @param random from 0 to 1
 */
export function pollDelayMs(looks: number, random: number): number {
  const fullMs = Math.min(LONGEST_MS, FIRST_MS * FACTOR ** looks);
  return Math.round(fullMs * (1 - JITTER_RATIO * random));
}
