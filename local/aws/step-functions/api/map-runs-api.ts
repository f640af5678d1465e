import { concurrencyMaxOf, type MapRun } from '../map-runs/map-run.js';
import type { MapRuns } from '../map-runs/map-runs.js';
import { ApiError } from './api-error.js';
import { pageOf } from './page.js';
import type { Parameters } from './parameters.js';

/** How a run of a Distributed Map stands: items and executions are the same here, one for one. */
export function describeMapRun(mapRuns: MapRuns, parameters: Parameters): object {
  const run = findMapRun(mapRuns, parameters);
  const { start, status, stopMs, limits, redriveCount, redriveMs } = run;
  const { count = 0, percentage = 0 } = limits.tolerance;
  const counts = countsOf(run);
  return {
    mapRunArn: start.arn,
    executionArn: start.parentArn,
    status,
    startDate: start.startMs / 1_000,
    ...(stopMs === undefined ? {} : { stopDate: stopMs / 1_000 }),
    maxConcurrency: limits.concurrencyMax,
    toleratedFailureCount: count,
    toleratedFailurePercentage: percentage,
    itemCounts: counts,
    executionCounts: counts,
    redriveCount,
    ...(redriveMs === undefined ? {} : { redriveDate: redriveMs / 1_000 }),
  };
}

export function listMapRuns(mapRuns: MapRuns, parameters: Parameters): object {
  const executionArn = parameters.arn('executionArn');
  const { items, ...rest } = pageOf(mapRuns.of(executionArn), ({ start }) => start.startMs, parameters, {
    list: `ListMapRuns/${executionArn}`,
    newestFirst: false,
  });
  return {
    mapRuns: items.map(({ start, stopMs }) => ({
      mapRunArn: start.arn,
      executionArn: start.parentArn,
      stateMachineArn: start.machine.arn,
      startDate: start.startMs / 1_000,
      ...(stopMs === undefined ? {} : { stopDate: stopMs / 1_000 }),
    })),
    ...rest,
  };
}

/** Changes what a run bears and how much it runs at once; what is not named stays. */
export function updateMapRun(mapRuns: MapRuns, parameters: Parameters): object {
  const run = findMapRun(mapRuns, parameters);
  const { concurrencyMax, tolerance } = run.limits;
  const concurrency = parameters.optionalNumber('maxConcurrency', 0);
  const count = parameters.optionalNumber('toleratedFailureCount', 0) ?? tolerance.count;
  const percentage = parameters.optionalNumber('toleratedFailurePercentage', 0, 100) ?? tolerance.percentage;
  // What AWS answers here is not documented; the API names no other code for it.
  if (run.status !== 'RUNNING')
    throw new ApiError(
      'ValidationException',
      `Map Run '${run.start.arn}' is ${run.status}: only a running one can be updated`,
    );
  run.update({
    concurrencyMax: concurrency === undefined ? concurrencyMax : concurrencyMaxOf(concurrency),
    tolerance: { count, percentage },
  });
  return {};
}

export function findMapRun(mapRuns: MapRuns, parameters: Parameters): MapRun {
  const arn = parameters.arn('mapRunArn');
  const run = mapRuns.find(arn);
  if (run === undefined) throw new ApiError('ResourceNotFound', `Resource not found: '${arn}'`);
  return run;
}

function countsOf(run: MapRun) {
  const { total } = run.start;
  const unsuccessful = run.started.filter(
    ({ state }) => state.status !== 'SUCCEEDED' && state.status !== 'RUNNING',
  );
  const ended = run.countOf('SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED');
  return {
    pending: total - run.started.length,
    running: run.countOf('RUNNING'),
    succeeded: run.countOf('SUCCEEDED'),
    failed: run.countOf('FAILED'),
    timedOut: run.countOf('TIMED_OUT'),
    aborted: run.countOf('ABORTED'),
    total,
    resultsWritten: run.status === 'RUNNING' ? 0 : ended,
    failuresNotRedrivable: unsuccessful.filter((child) => child.whyNotRedrivable !== undefined).length,
    pendingRedrive: run.pendingRedrive.size,
  };
}
