import { type Facts, violationsOf } from '../../../examples/every-door/run/facts.js';
import { playScenario } from '../../../examples/every-door/run/scenario.js';
import { type DoorsRun, startExample } from '../../../examples/every-door/run/start-example.js';
import { Watch } from '../../../examples/every-door/run/watch.js';

const SIZE = { rows: 240, calls: 36, commandLineCalls: 2, bursts: 2 };

describe('the example every-door', () => {
  let run: DoorsRun;
  let facts: Facts;
  const said: string[] = [];

  beforeAll(async () => {
    const watch = new Watch();
    run = await startExample({ callsPerSecond: 60, slots: 5 }, watch.events);
    facts = await playScenario(run, watch, SIZE, (line) => said.push(line));
  }, 300_000);

  afterAll(() => run.stop());

  it('gets every call to the one worker and to its end, whichever door it came through', () => {
    const ended = Object.fromEntries(facts.doors.map(({ door, succeeded }) => [door, succeeded]));

    expect(ended).toEqual({
      ...('aws command line' in facts.untried ? {} : { 'aws command line': 2 }),
      'TypeScript client': 36,
      [facts.doors.some(({ door }) => door.startsWith('curl'))
        ? 'curl on the intake'
        : 'fetch on the intake']: 36,
      event: 36,
      'CSV file': 240,
    });
  });

  it('says of the aws command line either how it went or why it was not tried', () => {
    const tried = facts.doors.some(({ door }) => door === 'aws command line');
    const whyNot = said.filter((line) => line.startsWith('AWS COMMAND LINE IS NOT TRIED'));

    expect(tried ? [] : whyNot).toHaveLength(tried ? 0 : 1);
  });

  it('watches turns at which HIGH and NORMAL waited while the file was served', () => {
    const { HIGH, NORMAL } = facts.passed;

    // Far fewer than there are calls: no call that starts at once has waited.
    expect(HIGH.turns).toBeGreaterThan(5);
    expect(NORMAL.turns).toBeGreaterThan(5);
    expect(HIGH.expected).toBeGreaterThan(0);
  });

  it('finds nothing to complain of', () => {
    expect(violationsOf(facts)).toEqual([]);
  });
});
