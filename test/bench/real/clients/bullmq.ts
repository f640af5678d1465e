import { Queue, QueueEvents, Worker } from 'bullmq';
import type { Priority } from '../../../../lambdas/core/contracts/priority.js';
import type { Job } from '../../workload.js';
import type { StartClient } from './client.js';

/** From 1, the most urgent. */
const PRIORITY: Readonly<Record<Priority, number>> = { HIGH: 1, NORMAL: 2, BATCH: 3 };

/** BullMQ with its limiter and priorities, on a Redis server at this port of the loopback interface. */
export const bullmq =
  (redisPort: number): StartClient =>
  async ({ limit, slots }, call) => {
    const connection = { host: '127.0.0.1', port: redisPort };
    const queue = new Queue<Job>('bench', { connection });
    const events = new QueueEvents('bench', { connection });
    const worker = new Worker<Job>('bench', (job) => call(job.data), {
      connection,
      concurrency: slots,
      limiter: { max: limit.calls, duration: limit.windowMs },
    });
    // Every job that is waited for listens to the queue's end.
    queue.setMaxListeners(0);
    await Promise.all([queue.waitUntilReady(), events.waitUntilReady(), worker.waitUntilReady()]);
    return {
      submit: async (job) => {
        const added = await queue.add(job.name, job, { priority: PRIORITY[job.priority] });
        await added.waitUntilFinished(events);
      },
      close: async () => {
        await worker.close();
        await events.close();
        await queue.close();
      },
    };
  };
