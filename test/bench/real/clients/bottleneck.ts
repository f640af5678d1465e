import Bottleneck from 'bottleneck';
import type { Priority } from '../../../../lambdas/core/contracts/priority.js';
import type { Call, Client, StartClient } from './client.js';

/** 0 to 9, 0 the most urgent. */
const PRIORITY: Readonly<Record<Priority, number>> = { HIGH: 0, NORMAL: 5, BATCH: 9 };

/** "20 calls per second" as its documentation shows it: a reservoir that is refilled at an interval. */
export const bottleneckReservoir: StartClient = ({ limit, slots }, call) => {
  const limiter = new Bottleneck({
    maxConcurrent: slots,
    reservoir: limit.calls,
    reservoirRefreshAmount: limit.calls,
    reservoirRefreshInterval: limit.windowMs,
  });
  return Promise.resolve(clientOf(limiter, call));
};

/** The same limit as a least time between two starts, which its documentation calls enough for most uses. */
export const bottleneckMinTime: StartClient = ({ limit, slots }, call) => {
  const limiter = new Bottleneck({ maxConcurrent: slots, minTime: limit.windowMs / limit.calls });
  return Promise.resolve(clientOf(limiter, call));
};

/** As much as our local run allows for the spread of arrival delays. */
const ARRIVAL_JITTER_MS = 60;

/** The same with room for late arrivals, which its documentation does not mention. */
export const bottleneckWithMargin: StartClient = ({ limit, slots }, call) => {
  const limiter = new Bottleneck({
    maxConcurrent: slots,
    minTime: (limit.windowMs + ARRIVAL_JITTER_MS) / limit.calls,
  });
  return Promise.resolve(clientOf(limiter, call));
};

function clientOf(limiter: Bottleneck, call: Call): Client {
  return {
    submit: (job) => limiter.schedule({ priority: PRIORITY[job.priority] }, () => call(job)),
    close: () => limiter.stop({ dropWaitingJobs: true }),
  };
}
