import { STATE_DATA_MAX_BYTES } from '../contracts/limits.js';

/** Whether Step Functions carries this JSON text as a task's result. */
export function fitsStateData(json: string): boolean {
  return new TextEncoder().encode(json).length <= STATE_DATA_MAX_BYTES;
}
