import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Job, Workload } from '../workload.js';

/** A contender gets so much longer than the limit needs; what it has not done by then counts as never done. */
const LATE_RATIO = 1.2;
const LATE_MS = 10_000;

/** Submits each job at its time and waits for all of them, or until the contender's time is over. */
export async function submitAll(
  { jobs, lengthMs }: Workload,
  submit: (job: Job) => Promise<void>,
): Promise<void> {
  const over = new AbortController();
  const { signal } = over;
  // Every job sleeps on it.
  setMaxListeners(0, signal);
  const beganMs = performance.now();
  const all = jobs.map(async (job) => {
    const waitMs = beganMs + job.atMs - performance.now();
    if (waitMs > 0) await sleep(waitMs, undefined, { signal });
    await submit(job);
  });
  try {
    await Promise.race([Promise.all(all), sleep(lengthMs * LATE_RATIO + LATE_MS, undefined, { signal })]);
  } finally {
    over.abort();
    // Jobs that were cut off may still fail; nobody waits for them any more.
    for (const job of all) job.catch(() => undefined);
  }
}
