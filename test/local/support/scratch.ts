import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A directory of the test's own; remove it in `afterAll`. */
export interface Scratch {
  readonly directory: string;
  file(name: string): string;
  remove(): Promise<void>;
}

export async function scratch(): Promise<Scratch> {
  const directory = await mkdtemp(join(tmpdir(), 'local-test-'));
  return {
    directory,
    file: (name) => join(directory, name),
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}
