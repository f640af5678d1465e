import { isCount, isPercentage } from '../asl/parse-distributed-map.js';
import type { DistributedMap, MapState } from '../asl/definition.js';
import type { Execution } from '../execution.js';
import { isJsonObject, toData, type Data, type Json } from '../json.js';
import type { MapRun } from '../map-runs/map-run.js';
import { itemReaderFailed, readItems } from '../map-runs/read-items.js';
import { writeResults } from '../map-runs/write-results.js';
import { StateError } from '../state-error.js';
import type { Branch } from './branch.js';
import { withErrorHandling } from './error-handling.js';
import { itemsOf } from './map-items.js';
import type { Exit, Visit } from './visit.js';

/** What AWS runs at once where the state does not say: https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html */
const concurrencyUnlessSaid = 10_000;

/** Runs an execution of its own for each item. The result is where the results are, or all outputs in the order of the items. */
export function runDistributedMap(visit: Visit, state: MapState, distributed: DistributedMap): Promise<Exit> {
  return withErrorHandling(visit, state, async () => {
    const result = await runOnce(visit, state, distributed);
    return visit.exit(state, { kind: 'result', result: result.value }, result, state.next);
  });
}

async function runOnce(visit: Visit, state: MapState, distributed: DistributedMap): Promise<Data> {
  const { branch, services } = visit;
  branch.record('MapStateStarted');
  try {
    const items = await readAll(visit, state, distributed);
    const run = await startRun(visit, state, distributed, items.length);
    branch.record('MapRunStarted', { mapRunArn: run.start.arn });
    try {
      await runChildren(visit, state, { run, items });
    } catch (error) {
      run.end(error instanceof StateError ? 'FAILED' : 'ABORTED', services.timers.nowMs());
      if (error instanceof StateError) {
        await resultOf(visit, distributed, run);
        branch.record('MapRunFailed', error.details);
      }
      throw error;
    }
    const result = toData(await resultOf(visit, distributed, run), state.name);
    run.end('SUCCEEDED', services.timers.nowMs());
    branch.record('MapRunSucceeded');
    branch.record('MapStateSucceeded');
    return result;
  } catch (error) {
    if (error instanceof StateError) branch.record('MapStateFailed');
    throw error;
  }
}

async function readAll(
  visit: Visit,
  state: MapState,
  { itemReader }: DistributedMap,
): Promise<readonly Json[]> {
  if (itemReader === undefined) return itemsOf(visit, state);
  const args = await visit.evaluate(itemReader.arguments);
  const { Bucket: bucket, Key: key } = isJsonObject(args) ? args : {};
  if (typeof bucket !== 'string' || typeof key !== 'string')
    throw itemReaderFailed('Bucket and Key must be strings');
  const text = await visit.services.objects.get(bucket, key).catch((error: unknown) => {
    throw itemReaderFailed(error);
  });
  return readItems(text, itemReader);
}

async function startRun(
  visit: Visit,
  state: MapState,
  distributed: DistributedMap,
  total: number,
): Promise<MapRun> {
  const { toleratedFailureCount, toleratedFailurePercentage, label } = distributed;
  const concurrencyMax =
    (state.concurrencyMax && (await visit.evaluateAs(state.concurrencyMax, COUNT, isCount))) ?? 0;
  const count = toleratedFailureCount && (await visit.evaluateAs(toleratedFailureCount, COUNT, isCount));
  const percentage =
    toleratedFailurePercentage &&
    (await visit.evaluateAs(toleratedFailurePercentage, 'number from 0 to 100', isPercentage));
  return visit.services.mapRuns.start(visit.branch.execution, label, {
    total,
    concurrencyMax: concurrencyMax === 0 ? concurrencyUnlessSaid : concurrencyMax,
    tolerance: { count, percentage },
  });
}

const COUNT = 'integer of at least 0';

interface Plan {
  readonly run: MapRun;
  readonly items: readonly Json[];
}

/** As many lines as may run at once, each taking the next item when it has finished one. */
async function runChildren(visit: Visit, state: MapState, { run, items }: Plan): Promise<void> {
  const fork = visit.branch.fork(visit.branch.lastEventId);
  const remaining = items.entries();
  let failed = 0;
  const runLine = async () => {
    for (const [index, value] of remaining) {
      const input = state.itemSelector
        ? toData(await visit.evaluate(state.itemSelector, { kind: 'none' }, { index, value }), state.name)
        : toData(value, state.name);
      const child = await runChild(visit, fork, () =>
        visit.services.mapRuns.startChild(run, index, state.itemProcessor, input),
      );
      if (child.state.status !== 'SUCCEEDED') failed += 1;
      if (run.exceedsTolerance(failed)) throw toleranceExceeded();
    }
  };
  const lines = Math.min(run.start.concurrencyMax, items.length);
  try {
    await Promise.all(Array.from({ length: lines }, runLine));
  } finally {
    fork.close(); // the other lines end with it, and stop their executions
  }
}

/** Starts the execution and waits for its end; stops it if the run ends first. */
function runChild(visit: Visit, fork: Branch, start: () => Execution): Promise<Execution> {
  return fork.wait<Execution>((resolve) => {
    const child = start();
    if (child.state.status !== 'RUNNING') resolve(child);
    const forget = child.onEnd(() => resolve(child));
    return () => {
      forget();
      if (child.state.status === 'RUNNING') visit.services.stopNested(child);
    };
  });
}

function toleranceExceeded(): StateError {
  return new StateError(
    'States.ExceedToleratedFailureThreshold',
    'The specified tolerated failure threshold was exceeded',
  );
}

async function resultOf(visit: Visit, { resultWriter }: DistributedMap, run: MapRun): Promise<Json> {
  if (resultWriter !== undefined) {
    const args = await visit.evaluate(resultWriter.arguments);
    return writeResults(run, resultWriter, args, visit.services.objects);
  }
  return run.started.flatMap(({ state }) => ('output' in state ? [state.output.value] : []));
}
