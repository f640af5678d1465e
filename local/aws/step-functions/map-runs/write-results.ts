import type { ResultWriter } from '../asl/definition.js';
import type { Execution } from '../execution.js';
import { type Json, isJsonObject } from '../json.js';
import type { ObjectStore } from '../object-store.js';
import { StateError } from '../state-error.js';
import { timestampOf } from '../timestamp.js';
import type { MapRun } from './map-run.js';

/**
 * Writes what became of each item, failures apart from successes, and the manifest that lists the files. Returns the
 * result of the Map state. Throws States.ResultWriterFailed.
 */
export async function writeResults(
  run: MapRun,
  { outputType }: ResultWriter,
  args: Json,
  objects: ObjectStore,
): Promise<Json> {
  const { Bucket: bucket, Prefix: prefix = '' } = isJsonObject(args) ? args : {};
  if (typeof bucket !== 'string' || typeof prefix !== 'string')
    throw failed('Bucket and Prefix must be strings');
  const folder = [...(prefix === '' ? [] : [prefix.replace(/\/$/, '')]), idOf(run)].join('/');
  const extension = outputType.toLowerCase();
  const put = async (name: string, text: string) => {
    const key = `${folder}/${name}`;
    try {
      await objects.put(bucket, key, text);
    } catch (error) {
      throw failed(error instanceof Error ? error.message : String(error));
    }
    return { Key: key, Size: Buffer.byteLength(text) };
  };
  const write = async (kind: string, of: readonly Execution[]) =>
    of.length === 0 ? [] : [await put(`${kind}_0.${extension}`, textOf(of.map(record), outputType))];
  const ended = run.started;
  const ResultFiles = {
    FAILED: await write(
      'FAILED',
      ended.filter(({ state }) => state.status === 'FAILED' || state.status === 'TIMED_OUT'),
    ),
    PENDING: await write(
      'PENDING',
      ended.filter(({ state }) => state.status === 'RUNNING' || state.status === 'ABORTED'),
    ),
    SUCCEEDED: await write(
      'SUCCEEDED',
      ended.filter(({ state }) => state.status === 'SUCCEEDED'),
    ),
  };
  const manifest = { DestinationBucket: bucket, MapRunArn: run.start.arn, ResultFiles };
  const { Key } = await put('manifest.json', JSON.stringify(manifest));
  return { MapRunArn: run.start.arn, ResultWriterDetails: { Bucket: bucket, Key } };
}

function idOf({ start: { arn } }: MapRun): string {
  return arn.split(':').at(-1) ?? '';
}

function textOf(records: readonly Json[], outputType: ResultWriter['outputType']): string {
  return outputType === 'JSON'
    ? JSON.stringify(records)
    : records.map((one) => `${JSON.stringify(one)}\n`).join('');
}

/** As Step Functions writes it without a transformation: data as texts. */
function record({ start, startMs, state }: Execution): Json {
  const { error, cause } = 'details' in state ? state.details : {};
  return {
    ExecutionArn: start.arn,
    Input: start.input.text,
    InputDetails: { Included: true },
    Name: start.name,
    StartDate: timestampOf(startMs),
    StateMachineArn: start.machine.arn,
    Status: state.status,
    ...('stopMs' in state ? { StopDate: timestampOf(state.stopMs) } : {}),
    ...('output' in state ? { Output: state.output.text, OutputDetails: { Included: true } } : {}),
    ...(error === undefined ? {} : { Error: error }),
    ...(cause === undefined ? {} : { Cause: cause }),
  };
}

function failed(reason: string): StateError {
  return new StateError('States.ResultWriterFailed', reason);
}
