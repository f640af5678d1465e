import { durationText } from '../lambdas/core/planning/words.js';
import { lastFailureOf } from './aws/event-details.js';
import type { Context } from './context.js';

/** How often somebody who waits is told something. */
const TELL_EVERY_MS = 5_000;

/** Tells on stderr that an execution still runs, and why its last attempt failed where one has. Returns how to stop it. */
export function tellWaiting(
  { executions, nowMs }: Pick<Context, 'executions' | 'nowMs'>,
  arn: string,
): () => void {
  const beganMs = nowMs();
  const tell = async (): Promise<void> => {
    // To see why is a courtesy: whatever keeps us from it, the wait goes on.
    const events = await executions.history(arn).catch(() => []);
    const failure = lastFailureOf(events);
    const why = failure === undefined ? '' : `; its last attempt failed with ${failure}`;
    process.stderr.write(`still running after ${durationText(nowMs() - beganMs)}${why}\n`);
  };
  const timer = setInterval(() => void tell(), TELL_EVERY_MS);
  return () => clearInterval(timer);
}
