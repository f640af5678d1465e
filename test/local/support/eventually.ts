import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until the fact holds; gives up loudly. */
export async function eventually(fact: () => boolean, withinMs = 5_000): Promise<void> {
  const givesUpAtMs = performance.now() + withinMs;
  while (!fact()) {
    if (performance.now() > givesUpAtMs) throw new Error(`it did not come true within ${withinMs} ms`);
    await sleep(5);
  }
}
