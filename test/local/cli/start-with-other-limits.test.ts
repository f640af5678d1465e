import { readFile } from 'node:fs/promises';
import type { Report } from '../../../local/load/report.js';
import { runToEnd } from '../support/command-line.js';
import { type Scratch, scratch } from '../support/scratch.js';

describe('npm start with other limits than the defaults', () => {
  let files: Scratch;
  let withCapAlone: Report;
  let withOneSlot: Report;

  beforeAll(async () => {
    files = await scratch();
    [withCapAlone, withOneSlot] = await Promise.all([
      reportOf('cap', ['--calls', '60', '--limit', 'none', '--concurrency', '3']),
      reportOf('slot', ['--calls', '8', '--concurrency', '1', '--limit', '2/1s']),
    ]);
  }, 60_000);

  afterAll(() => files.remove());

  async function reportOf(name: string, args: readonly string[]): Promise<Report> {
    const { code, output, errors } = await runToEnd('start', [
      ...args,
      ...['--port', '0', '--report', files.file(name)],
    ]);
    if (code !== 0) throw new Error(`exit code ${code ?? 'none'}: ${output} ${errors}`);
    return JSON.parse(await readFile(files.file(name), 'utf8')) as Report;
  }

  it('keeps the cap on calls in flight where there is no rate limit', () => {
    const { executions, legacyApi, limitUsedShare } = withCapAlone;

    expect(executions.succeeded).toBe(60);
    expect(legacyApi).toMatchObject({ maxInFlight: 3, limitCalls: null, limitWindowMs: null });
    expect(legacyApi).toMatchObject({ worstWindowCalls: null, responses429: 0 });
    expect(limitUsedShare).toBeNull();
  });

  it('paces a single slot', () => {
    const { executions, legacyApi, elapsedMs } = withOneSlot;

    expect(executions.succeeded).toBe(8);
    expect(legacyApi).toMatchObject({ maxInFlight: 1, worstWindowCalls: 2, responses429: 0 });
    expect(elapsedMs).toBeGreaterThan(3_000);
  });
});
