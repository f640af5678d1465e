/** What a task returns in place of a result that it cannot carry. */
export interface OffloadedResult {
  readonly offloadedResult: {
    readonly bucket: string;
    /** The object is the result, as JSON. */
    readonly key: string;
    readonly bytes: number;
  };
}

/** The beginning of every stored result's key. */
export const RESULT_KEY_PREFIX = 'results/';
