import { readFile } from 'node:fs/promises';
import type { ChaosReport } from '../../../local/chaos/chaos-report.js';
import { CommandLine, type Ended } from '../support/command-line.js';
import { type Scratch, scratch } from '../support/scratch.js';

/** All but kills: what a killed worker had in hand comes back only after its visibility timeout. */
const KINDS = [
  ...[
    '429',
    '4xx',
    '5xx',
    'hang',
    'reset',
    'commit-then-timeout',
    'commit-then-reset',
    'garbage',
    'oversized',
  ],
  ...['duplicate', 'stop'],
];

/** Under this seed, 60 executions meet every kind of fault, and none that is to meet one is stopped before. */
const SEED = 1409;

describe('npm start --chaos', () => {
  let files: Scratch;
  let commandLine: CommandLine;
  let ended: Ended;
  let report: ChaosReport;

  beforeAll(async () => {
    files = await scratch();
    const chaos = ['--chaos', KINDS.join(','), '--seed', String(SEED)];
    const args = ['--calls', '60', '--port', '0', '--report', files.file('report.json'), ...chaos];
    commandLine = new CommandLine('start', args, { TMPDIR: files.directory });
    ended = await commandLine.ended;
    report = JSON.parse(await readFile(files.file('report.json'), 'utf8')) as ChaosReport;
  }, 90_000);

  afterAll(async () => {
    commandLine.kill();
    await files.remove();
  });

  it("exits with 0, because every execution ended as the API's book says", () => {
    expect(report.mismatches).toEqual([]);
    expect(ended.output).toContain("OK: every execution ended as the API's book says");
    expect(ended.code).toBe(0);
  });

  it('reports the end of every execution under one name', () => {
    const { outcomes } = report;

    expect(Object.values<number>({ ...outcomes }).reduce((sum, count) => sum + count, 0)).toBe(60);
    expect(outcomes).toMatchObject({ rejected: 1, deadLettered: 0, other: 0 });
    expect(outcomes.tooLarge).toBeGreaterThan(0);
    expect(outcomes.abandoned).toBeGreaterThan(0);
  });

  it('repeats nothing blindly and calls for nobody who is gone', () => {
    expect([report.blindRepeats, report.callsForDeadExecutions]).toEqual([0, 0]);
  });

  it('looks up what became of calls that must not be done twice', () => {
    expect(report.lookups).toBeGreaterThan(0);
  });

  it('lets everything happen that it was asked for', () => {
    expect(Object.keys(report.chaos).sort()).toEqual([...KINDS].sort());
    expect(Object.entries(report.chaos).filter(([, count]) => count === 0)).toEqual([]);
  });
});
