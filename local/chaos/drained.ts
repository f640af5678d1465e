import { setTimeout as sleep } from 'node:timers/promises';
import type { LocalRun } from '../local-run.js';

/** The visibility timeout of a message whose worker was killed, and a little time to serve it. */
const DRAINED_WITHIN_MS = 20_000;

const LOOK_EVERY_MS = 200;

/**
 * Waits until the queues hold no message, for those that are left when every execution has ended belong to the dead:
 * a call that is yet made for one of them must be in the book. Gives up on messages that nobody comes for.
 */
export async function drained({ aws, queueNames }: Pick<LocalRun, 'aws' | 'queueNames'>): Promise<void> {
  const givesUpAtMs = performance.now() + DRAINED_WITHIN_MS;
  const held = () =>
    Object.values(queueNames).some((queue) => {
      const { visible, delayed, inFlight } = aws.contents(queue);
      return visible + delayed + inFlight > 0;
    });
  while (held() && performance.now() < givesUpAtMs) await sleep(LOOK_EVERY_MS);
}
