// Goal: what a page says that `rlo plan` prints is what it prints.
import { blocksOf, commandsOf, PAGES } from '../../support/documents.js';
import { runPlan } from '../support/run-plan.js';

const commands = PAGES.flatMap((page) => blocksOf(page, 'sh'))
  .flatMap(commandsOf)
  .filter((command) => command.startsWith('npx rlo plan'));
const [shown] = blocksOf('docs/capacity-planning.md', 'text');

describe('the plan of the pages', () => {
  it('is the same everywhere', () => {
    expect(commands.length).toBeGreaterThan(2);
    expect(new Set(commands).size).toBe(1);
  });

  it('is what the page about it shows', async () => {
    const [command = ''] = commands;

    const { code, stdout } = await runPlan(...command.split(' ').slice(3));

    expect(code).toBe(0);
    expect(stdout).toBe(shown?.text);
  });
});
