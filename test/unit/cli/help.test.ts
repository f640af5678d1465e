import type { Command } from 'commander';
import { buildProgram } from '../../../cli/program.js';

function everyCommand(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}

function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({ writeOut: (part) => (text += part), getOutHelpWidth: () => 100 }).outputHelp();
  return text;
}

describe('the help of rlo', () => {
  const helps = everyCommand(buildProgram()).map((command) => [command.name(), helpOf(command)] as const);

  it.each(helps)('of %s has no line of more than 120 characters', (_, help) => {
    expect(help.split('\n').filter((line) => line.length > 120)).toEqual([]);
  });

  it('tells the default of --every as --every takes it', () => {
    expect(new Map(helps).get('watch')).toContain('(default: 2s)');
  });
});
