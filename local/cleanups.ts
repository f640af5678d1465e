/**
 * Runs every cleanup, the last one first, each at most once. One that fails does not keep the others from running;
 * the first failure is thrown when all have run.
 */
export async function inReverse(cleanups: (() => unknown)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const cleanup of cleanups.splice(0).reverse()) {
    try {
      await cleanup();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
