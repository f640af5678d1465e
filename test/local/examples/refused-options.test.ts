import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';

const SCRIPTS = ['example', 'example:order', 'doors'];

interface Ended {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

/** The script of package.json, as npm runs it. */
async function run(script: string, argument: string): Promise<Ended> {
  const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  const [, ...words] = (scripts[script] ?? '').split(' ');
  const env = { ...process.env };
  // Jest's own.
  delete env['NODE_OPTIONS'];
  return new Promise((resolve) => {
    execFile(process.execPath, [...words, argument], { env }, (error, output, errors) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, output, errors });
    });
  });
}

describe.each(SCRIPTS)('npm run %s', (script) => {
  it('explains itself instead of running', async () => {
    const { code, output } = await run(script, '--help');

    expect(code).toBe(0);
    expect(output).toMatch(new RegExp(`^Usage: npm run ${script} -- \\[options\\]\n`));
    expect(output).not.toContain('Synthesizing');
  }, 30_000);

  it('refuses what it does not know with exit code 2', async () => {
    const { code, output, errors } = await run(script, '--cals');

    expect([code, output]).toEqual([2, '']);
    expect(errors).toContain("error: unknown option '--cals'");
  }, 30_000);
});
