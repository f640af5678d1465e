import type { Stored } from './message-queue.js';
import type { Scheduler } from './scheduler.js';

/** Shows a received message again after this time, unless it is deleted, received again or hidden anew before. */
export function hideFor<T>(
  scheduler: Scheduler,
  stored: Stored<T>,
  forMs: number,
  showAgain: () => void,
): void {
  const { receipt } = stored;
  const untilMs = scheduler.nowMs + forMs;
  stored.hiddenUntilMs = untilMs;
  scheduler.at(untilMs, () => {
    if (stored.state === 'hidden' && stored.receipt === receipt && stored.hiddenUntilMs === untilMs)
      showAgain();
  });
}
