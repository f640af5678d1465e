import PQueue from 'p-queue';
import type { Priority } from '../../../../lambdas/core/contracts/priority.js';
import type { StartClient } from './client.js';

/** The greater, the more urgent. */
const PRIORITY: Readonly<Record<Priority, number>> = { HIGH: 2, NORMAL: 1, BATCH: 0 };

/** In its default mode (a window that is reset) and in its strict one (a sliding window). */
export const pQueue =
  (strict: boolean): StartClient =>
  ({ limit, slots }, call) => {
    const queue = new PQueue({
      concurrency: slots,
      intervalCap: limit.calls,
      interval: limit.windowMs,
      strict,
    });
    return Promise.resolve({
      submit: (job) => queue.add(() => call(job), { priority: PRIORITY[job.priority] }),
      close: () => {
        queue.clear();
        return Promise.resolve();
      },
    });
  };
