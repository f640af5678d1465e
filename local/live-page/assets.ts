import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

/** Every file that the page consists of, by its path. Nothing else is served, whatever a path says. */
export type Assets = ReadonlyMap<string, { readonly contentType: string; readonly text: string }>;

const BROWSER = join(import.meta.dirname, 'browser');

/** Bundles the page in memory, as the local Lambda bundles its host: nobody has to build anything, and nothing is written. */
export async function buildAssets(): Promise<Assets> {
  const [{ outputFiles }, page, icon] = await Promise.all([
    build({
      entryPoints: [join(BROWSER, 'page.ts'), join(BROWSER, 'page.css')],
      outdir: BROWSER,
      write: false,
      bundle: true,
      format: 'esm',
      target: 'es2022',
      logLevel: 'error',
    }),
    readFile(join(BROWSER, 'index.html'), 'utf8'),
    readFile(join(BROWSER, 'icon.svg'), 'utf8'),
  ]);
  const bundled = (name: string) => outputFiles.find(({ path }) => path.endsWith(name))?.text ?? '';
  return new Map([
    ['/', { contentType: 'text/html; charset=utf-8', text: page }],
    ['/page.js', { contentType: 'text/javascript; charset=utf-8', text: bundled('page.js') }],
    ['/page.css', { contentType: 'text/css; charset=utf-8', text: bundled('page.css') }],
    ['/icon.svg', { contentType: 'image/svg+xml', text: icon }],
  ]);
}
