import { readdir, readFile } from 'node:fs/promises';
import type { Report } from '../../../local/load/report.js';
import { blocksOf } from '../../support/documents.js';
import { CommandLine, type Ended } from '../support/command-line.js';
import { type Scratch, scratch } from '../support/scratch.js';

/** Without figures, and without the progress, which a terminal shows otherwise. */
function linesOf(output: string): readonly string[] {
  return output
    .split('\n')
    .filter((line) => line !== '' && !/█| waiting /.test(line))
    .map((line) => line.replace(/\d[\d.]*/g, '#').replace(/ +/g, ' '));
}

describe('npm start', () => {
  let files: Scratch;
  let commandLine: CommandLine;
  let ended: Ended;
  let report: Report;

  beforeAll(async () => {
    files = await scratch();
    const args = ['--calls', '60', '--port', '0', '--report', files.file('report.json')];
    commandLine = new CommandLine('start', args, { TMPDIR: files.directory });
    ended = await commandLine.ended;
    report = JSON.parse(await readFile(files.file('report.json'), 'utf8')) as Report;
  }, 30_000);

  afterAll(async () => {
    commandLine.kill();
    await files.remove();
  });

  it('prints what the README shows, with figures of its own, and nothing else', () => {
    const [shown] = blocksOf('README.md', 'text').filter(({ text }) => text.startsWith('Synthesizing'));

    expect(linesOf(ended.output)).toEqual(linesOf(shown?.text ?? ''));
    expect(ended.errors).not.toContain('Bundling asset');
  });

  it('exits with 0 and says that no limit was broken', () => {
    expect(ended.output).toContain('OK: every execution ended as it should, no limit was broken.');
    expect(ended.code).toBe(0);
  });

  it('writes the documented report, and nothing else, as JSON', () => {
    const number = expect.any(Number) as number;
    const waits = (count: number) => ({ count, waitMsP50: number, waitMsP99: number, waitMsMax: number });

    expect(report).toEqual({
      executions: { started: 60, succeeded: 60, failed: 0, open: 0 },
      byPriority: { HIGH: waits(4), NORMAL: waits(12), BATCH: waits(44) },
      legacyApi: {
        calls: 60,
        maxInFlight: number,
        worstWindowCalls: number,
        limitCalls: 20,
        limitWindowMs: 1_000,
        responses429: 0,
        repeatedKeys: 0,
      },
      queues: { receives: number, deadLettered: 0 },
      worker: { invocations: number, throttles: number },
      limitUsedShare: number,
      elapsedMs: number,
    });
  });

  it('keeps both limits and wastes no receive', () => {
    const { legacyApi, queues } = report;

    expect(legacyApi.maxInFlight).toBeLessThanOrEqual(5);
    expect(legacyApi.worstWindowCalls).toBeLessThanOrEqual(20);
    expect(queues.receives).toBeLessThanOrEqual(62);
  });

  it('lets HIGH overtake the BATCH calls that saturate the API', () => {
    const { HIGH, BATCH } = report.byPriority;

    // Everyone waits for the first cold start, however long it takes; in the order of arrival, HIGH would come last.
    expect(HIGH.waitMsP99).toBeLessThan(BATCH.waitMsP50 ?? 0);
  });

  it('prints plain lines when it is piped', () => {
    expect(ended.output).toMatch(/^ +\d+ s {2}\d+\/60 done: HIGH waiting \d+, done \d+; NORMAL waiting /m);
    expect(ended.output).not.toContain('\u001b');
  });

  it('leaves no process and no directory behind', async () => {
    const left = (await readdir(files.directory)).filter((name) => /^(synthesized|local-run|cdk)/.test(name));

    expect(left).toEqual([]);
    expect(commandLine.leftRunning()).toEqual([]);
  });
});
