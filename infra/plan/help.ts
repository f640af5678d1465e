const EXAMPLE = `npx rlo plan --limit 100/60s --latency-p50 300ms --latency-p99 1500ms \\
    --high 0.2/s --normal 0.5/s --batch 20000/night`;

/** What the planner is for. */
export const DESCRIPTION =
  'Recommends slots, hold, timeouts and alarm thresholds for a legacy API with a limit, and predicts how much of the limit is used, how long each class waits, when BATCH is done, and what AWS charges. Without --limit it plans for the configuration in cdk.json.';

/** What to put in, and what to look at first. */
export const EPILOGUE = `
Units
  a duration   50ms, 1.5s, 10m, 8h           a rate     0.2/s, 12/m, 700/h
  a limit      100/60s, or several: 20/1s,1000/5m, or none

What to put in
  --limit        is what the API's owner allows. Is there a cap on calls in flight? Add --in-flight.
  --latency-*    measure it: the median and the 99th percentile decide how many slots are needed.
  --high/normal  the busiest hour, not the average of a day.
  --batch        arrives all at once, at the beginning of the night.

What to look at first
  the share of the limit, which too few slots leave unused; the wait of HIGH, which too many slots
  prolong; and the warnings, which say what does not fit and what to change.

Examples
  ${EXAMPLE}
  npx rlo plan --limit none --in-flight 5 --json
  npx rlo plan --chart plan.svg

docs/capacity-planning.md explains every figure.`;
