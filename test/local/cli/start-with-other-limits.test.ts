import { readFile } from 'node:fs/promises';
import type { Report } from '../../../local/load/report.js';
import { runToEnd } from '../support/command-line.js';
import { type Scratch, scratch } from '../support/scratch.js';

describe('npm start with other limits than the defaults', () => {
  let files: Scratch;

  beforeAll(async () => {
    files = await scratch();
  });

  afterAll(() => files.remove());

  async function reportOf(name: string, args: readonly string[]): Promise<Report> {
    const { code, errors } = await runToEnd('start', [...args, '--port', '0', '--report', files.file(name)]);
    if (code !== 0) throw new Error(`exit code ${code ?? 'none'}: ${errors}`);
    return JSON.parse(await readFile(files.file(name), 'utf8')) as Report;
  }

  it('keeps the cap on calls in flight where there is no rate limit', async () => {
    const report = await reportOf('cap', ['--calls', '60', '--limit', 'none', '--concurrency', '3']);

    expect(report.executions.succeeded).toBe(60);
    expect(report.legacyApi).toMatchObject({ maxInFlight: 3, limitCalls: null, limitWindowMs: null });
    expect(report.legacyApi).toMatchObject({ worstWindowCalls: null, responses429: 0 });
    expect(report.limitUsedShare).toBeNull();
  }, 30_000);

  it('paces a single slot', async () => {
    const report = await reportOf('slot', ['--calls', '8', '--concurrency', '1', '--limit', '2/1s']);

    expect(report.executions.succeeded).toBe(8);
    expect(report.legacyApi).toMatchObject({ maxInFlight: 1, worstWindowCalls: 2, responses429: 0 });
    expect(report.elapsedMs).toBeGreaterThan(3_000);
  }, 30_000);
});
