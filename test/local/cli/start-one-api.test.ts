import { readFile } from 'node:fs/promises';
import type { Report } from '../../../local/load/report.js';
import { runToEnd } from '../support/command-line.js';
import { type Scratch, scratch } from '../support/scratch.js';

describe('npm start with one orchestrator of cdk.json', () => {
  let files: Scratch;

  beforeAll(async () => {
    files = await scratch();
  });

  afterAll(() => files.remove());

  it('runs it by its own limits', async () => {
    const args = ['--api', 'legacy-api', '--calls', '20', '--port', '0', '--report', files.file('report')];

    const { code, output } = await runToEnd('start', args);

    const { executions, legacyApi } = JSON.parse(await readFile(files.file('report'), 'utf8')) as Report;
    expect(code).toBe(0);
    expect(output).toContain('20 calls per 1000 ms, 5 in flight');
    expect(executions.succeeded).toBe(20);
    expect(legacyApi).toMatchObject({ limitCalls: 20, limitWindowMs: 1_000, responses429: 0 });
  }, 60_000);
});
