import type { Row } from '../row.js';
import type { Workload } from '../workload.js';
import { bottleneckMinTime, bottleneckReservoir, bottleneckWithMargin } from './clients/bottleneck.js';
import { bullmq } from './clients/bullmq.js';
import type { StartClient } from './clients/client.js';
import { pQueue } from './clients/p-queue.js';
import { runLibrary } from './library.js';
import { runOurWorker } from './our-worker.js';
import { startRedis } from './redis-server.js';

export interface RealContender {
  readonly name: string;
  /** Tells `onCall` how many jobs' calls have arrived so far. */
  readonly run: (workload: Workload, onCall: (arrived: number) => void) => Promise<Omit<Row, 'name'>>;
}

export const REAL_CONTENDERS: readonly RealContender[] = [
  { name: 'our worker, local run', run: runOurWorker },
  library('Bottleneck, reservoir', bottleneckReservoir),
  library('Bottleneck, minTime', bottleneckMinTime),
  library('Bottleneck, minTime + margin', bottleneckWithMargin),
  library('p-queue, default', pQueue(false)),
  library('p-queue, strict', pQueue(true)),
  { name: 'BullMQ', run: runBullMq },
];

function library(name: string, start: StartClient): RealContender {
  return { name, run: (workload, onCall) => runLibrary(workload, start, onCall) };
}

async function runBullMq(workload: Workload, onCall: (arrived: number) => void): Promise<Omit<Row, 'name'>> {
  const redis = await startRedis();
  if (redis === undefined) return { time: 'real', slots: workload.slots, missing: 'no Redis server' };
  try {
    return await runLibrary(workload, bullmq(redis.port), onCall);
  } finally {
    await redis.stop();
  }
}
