import { isCount, isPercentage } from '../asl/parse-distributed-map.js';
import type { DistributedMap, MapState } from '../asl/definition.js';
import type { Execution } from '../execution.js';
import { isJsonObject, toData, type Data, type Json } from '../json.js';
import { concurrencyMaxOf, type MapRun } from '../map-runs/map-run.js';
import { itemReaderFailed, readItems } from '../map-runs/read-items.js';
import { writeResults } from '../map-runs/write-results.js';
import { StateError } from '../state-error.js';
import type { Branch } from './branch.js';
import type { RunOverItems } from './checkpoint.js';
import { withErrorHandling } from './error-handling.js';
import { itemsOf } from './map-items.js';
import type { Exit, Visit } from './visit.js';

/** Runs an execution of its own for each item. The result is where the results are, or all outputs in the order of the items. */
export function runDistributedMap(visit: Visit, state: MapState, distributed: DistributedMap): Promise<Exit> {
  return withErrorHandling(visit, state, async () => {
    const result = await runOnce(visit, state, distributed);
    return visit.exit(state, { kind: 'result', result: result.value }, result, state.next);
  });
}

async function runOnce(visit: Visit, state: MapState, distributed: DistributedMap): Promise<Data> {
  const { branch, services } = visit;
  const { checkpoint } = branch;
  const redriven = visit.resumes() ? checkpoint.items : undefined;
  if (redriven === undefined) {
    checkpoint.forget();
    branch.record('MapStateStarted');
  }
  try {
    const plan = redriven ?? (await startRun(visit, state, distributed));
    const { run } = plan;
    checkpoint.items = plan;
    if (redriven !== undefined) run.redrive(services.timers.nowMs());
    const { arn: mapRunArn } = run.start;
    if (redriven === undefined) branch.record('MapRunStarted', { mapRunArn });
    else branch.record('MapRunRedriven', { mapRunArn, redriveCount: run.redriveCount });
    try {
      await runChildren(visit, state, plan);
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
    if (error instanceof StateError) {
      branch.record('MapStateFailed');
      // Then a redrive starts another run: https://docs.aws.amazon.com/step-functions/latest/dg/redrive-map-run.html
      if (error.isDataLimitExceeded || error.error === 'States.Runtime') checkpoint.forget();
    }
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

async function startRun(visit: Visit, state: MapState, distributed: DistributedMap): Promise<RunOverItems> {
  const items = await readAll(visit, state, distributed);
  const { toleratedFailureCount, toleratedFailurePercentage, label } = distributed;
  const concurrency =
    (state.concurrencyMax && (await visit.evaluateAs(state.concurrencyMax, COUNT, isCount))) ?? 0;
  const count = toleratedFailureCount && (await visit.evaluateAs(toleratedFailureCount, COUNT, isCount));
  const percentage =
    toleratedFailurePercentage &&
    (await visit.evaluateAs(toleratedFailurePercentage, 'number from 0 to 100', isPercentage));
  const run = visit.services.mapRuns.start(visit.branch.execution, label, {
    total: items.length,
    limits: { concurrencyMax: concurrencyMaxOf(concurrency), tolerance: { count, percentage } },
  });
  return { run, items };
}

const COUNT = 'integer of at least 0';

/** As many at once as the run's limits say, which may change meanwhile; each end makes room for the next item. */
async function runChildren(visit: Visit, state: MapState, { run, items }: RunOverItems): Promise<void> {
  const { branch } = visit;
  const fork = branch.fork(branch.lastEventId);
  const remaining = [...items.keys()].filter((index) => isToRun(run, index));
  let failed = run.countOf('FAILED', 'TIMED_OUT', 'ABORTED');
  let open = 0;
  const runItem = async (index: number): Promise<void> => {
    const child = await runChild(visit, fork, await starter(visit, state, { run, items }, index));
    if (child.state.status !== 'SUCCEEDED') failed += 1;
  };
  try {
    await branch.wait<undefined>((resolve, reject) => {
      const goOn = () => {
        if (run.exceedsTolerance(failed)) {
          reject(toleranceExceeded());
          return;
        }
        while (open < run.limits.concurrencyMax && remaining.length > 0) {
          open += 1;
          runItem(remaining.shift() ?? 0).then(() => {
            open -= 1;
            goOn();
          }, reject);
        }
        if (open === 0) resolve(undefined);
      };
      run.onUpdate = goOn;
      goOn();
      return () => {
        run.onUpdate = () => undefined;
      };
    });
  } finally {
    fork.close(); // what is open ends with it, and stops its execution
  }
}

/** All but what has succeeded, and what failed for good. */
function isToRun({ children, pendingRedrive }: MapRun, index: number): boolean {
  const child = children[index];
  return child === undefined || pendingRedrive.has(child);
}

/** How to start, or to redrive, the execution of this item. */
async function starter(
  visit: Visit,
  state: MapState,
  { run, items }: RunOverItems,
  index: number,
): Promise<() => Execution> {
  const { mapRuns } = visit.services;
  const child = run.children[index];
  if (child !== undefined) return () => mapRuns.redriveChild(run, child);
  const value = items[index] ?? null;
  const input = state.itemSelector
    ? toData(await visit.evaluate(state.itemSelector, { kind: 'none' }, { index, value }), state.name)
    : toData(value, state.name);
  return () => mapRuns.startChild(run, index, state.itemProcessor, input);
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
