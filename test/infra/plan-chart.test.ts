import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ended, EXAMPLE, runPlan } from './support/run-plan.js';

describe('rlo plan --chart', () => {
  let folder: string;
  let ended: Ended;
  let svg: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plan-'));
    const file = join(folder, 'plan.svg');
    ended = await runPlan(...EXAMPLE, '--chart', file);
    svg = await readFile(file, 'utf8');
  }, 60_000);

  afterAll(() => rm(folder, { recursive: true }));

  it('writes a standalone SVG of backlog and waits', () => {
    expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(svg).toContain('Predicted backlog through the night');
    expect(svg).toContain('Predicted waits with 2 slots');
    expect(svg).not.toMatch(/<script|NaN|undefined|href=/);
  });

  it('takes the colours of texts, lines and bars from a style sheet for light and dark screens', () => {
    expect(svg).toContain('@media (prefers-color-scheme: dark)');
    for (const colour of ['ink', 'faint', 'high', 'normal', 'batch'])
      expect(svg).toContain(`"var(--${colour})"`);
    expect(svg.match(/<text [^>]*fill="(?!var)[^"]*"/g) ?? []).toEqual([]);
  });

  it('prints the table as well', () => {
    expect(ended.stdout).toContain('Capacity plan for');
    expect(ended.stderr).toContain('plan.svg');
  });
});
