import { type OffloadedResult, RESULT_KEY_PREFIX } from '../contracts/offloaded-result.js';
import type { TaskRequest } from '../contracts/task-request.js';
import type { LegacyOutcome } from '../outcomes/legacy-outcome.js';
import type { Ports } from '../ports.js';

/**
 * The outcome of a call whose result, where it is more than a task may return and there is a store for it, stands in the
 * store: then the task returns where. A result that cannot be stored remains too large: the call was executed, so
 * it is not called a failure that may be repeated.
 *
 * The key follows from the call, so that what a second delivery brings takes the place of the first.
 */
export async function offloaded(
  { results, fingerprint, telemetry }: Pick<Ports, 'results' | 'fingerprint' | 'telemetry'>,
  { execution, callId, idempotencyKey }: TaskRequest,
  outcome: LegacyOutcome,
): Promise<LegacyOutcome> {
  if (results === undefined || outcome.kind !== 'responseTooLarge' || outcome.outputJson === undefined)
    return outcome;
  const { outputJson, status } = outcome;
  const key = `${RESULT_KEY_PREFIX}${fingerprint(JSON.stringify([execution, callId, idempotencyKey]))}.json`;
  try {
    const { bucket, bytes } = await results.put(key, outputJson);
    const where: OffloadedResult = { offloadedResult: { bucket, key, bytes } };
    return { kind: 'succeeded', outputJson: JSON.stringify(where) };
  } catch (error) {
    telemetry.record({ kind: 'problem', what: 'store a result', reason: String(error) });
    return { kind: 'responseTooLarge', status };
  }
}
