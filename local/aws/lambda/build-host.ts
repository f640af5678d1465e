import { join } from 'node:path';
import { build } from 'esbuild';

/** Bundles the runtime host into `directory`, so that environments start without a TypeScript loader. */
export async function buildHost(directory: string): Promise<string> {
  const outfile = join(directory, 'runtime-host.cjs');
  await build({
    entryPoints: [join(import.meta.dirname, 'runtime-host.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
  });
  return outfile;
}
