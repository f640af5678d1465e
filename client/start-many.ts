import type { StartedCall } from './calls.js';

/** How many of the calls have been dealt with so far. */
export interface StartProgress {
  readonly started: number;
  /** Their results say why. */
  readonly failed: number;
}

export interface StartManyOptions {
  /** Starts no more calls, and throws the signal's reason once those on their way have been answered. */
  readonly signal?: AbortSignal | undefined;
  /** Told after each call. */
  readonly onProgress?: (progress: StartProgress) => void;
}

/** What became of one call of many. */
export type StartResult<Name extends string = string> =
  | { readonly kind: 'started'; readonly call: StartedCall<Name> }
  /** An OrchestratorClientError, or what the SDK threw. */
  | { readonly kind: 'failed'; readonly error: unknown };

/** Calls in hand at once: enough to keep the requests going, whatever the source, and few enough for any memory. */
const IN_HAND_MAX = 200;

/** Starts each call, and reads them no faster than they start. */
export async function startEach<Call, Name extends string>(
  calls: Iterable<Call> | AsyncIterable<Call>,
  start: (call: Call) => Promise<StartedCall<Name>>,
  { signal, onProgress }: StartManyOptions,
): Promise<StartResult<Name>[]> {
  const results: StartResult<Name>[] = [];
  const inHand = new Set<Promise<void>>();
  const progress = { started: 0, failed: 0 };
  let index = 0;
  const settle = async (call: Call, at: number): Promise<void> => {
    const result = await resultOf(start(call));
    results[at] = result;
    progress[result.kind] += 1;
    onProgress?.({ ...progress });
  };
  try {
    for await (const call of calls) {
      if (signal?.aborted === true) break;
      const settled = settle(call, index++).finally(() => inHand.delete(settled));
      inHand.add(settled);
      if (inHand.size >= IN_HAND_MAX) await Promise.race(inHand);
    }
  } finally {
    await Promise.all(inHand);
  }
  signal?.throwIfAborted();
  return results;
}

function resultOf<Name extends string>(started: Promise<StartedCall<Name>>): Promise<StartResult<Name>> {
  return started.then(
    (call) => ({ kind: 'started', call }),
    (error: unknown) => ({ kind: 'failed', error }),
  );
}
