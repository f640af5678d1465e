/** Seed of every random suite: printed in its title, and fixed by `SEED=n` to repeat a run. */
export const SEED = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);
