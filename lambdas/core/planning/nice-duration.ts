/** Durations that people write, in seconds, up to two hours. */
const NICE_SECONDS = [
  1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 30, 45, 60, 90, 120, 180, 240, 300, 450, 600, 900, 1_200, 1_800, 2_700,
  3_600, 5_400, 7_200,
];

const SECONDS_PER_HOUR = 3_600;

/** The next longer duration that people would write: whole hours above two hours. */
export function niceSeconds(leastMs: number): number {
  const least = leastMs / 1_000;
  return (
    NICE_SECONDS.find((seconds) => seconds >= least) ?? Math.ceil(least / SECONDS_PER_HOUR) * SECONDS_PER_HOUR
  );
}
