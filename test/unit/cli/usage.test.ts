import type { Command } from 'commander';
import { buildProgram } from '../../../cli/program.js';

function everyCommand(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}

/** What is told on stderr of a command line that is refused. */
async function refusalOf(argv: readonly string[], json = false): Promise<string> {
  let told = '';
  const program = buildProgram(json);
  for (const command of everyCommand(program))
    command.exitOverride().configureOutput({ writeErr: (text) => (told += text) });
  await expect(program.parseAsync([...argv], { from: 'user' })).rejects.toThrow();
  return told;
}

describe('a refused command line of rlo', () => {
  it.each([
    [['pause', 'batsch'], "class 'batsch' is invalid: expected one of HIGH, NORMAL, BATCH"],
    [
      ['start', 'order', '--priority', 'x'],
      "option '--priority <class>' argument 'x' is invalid: expected one of HIGH, NORMAL, BATCH",
    ],
    [
      ['limit', '10/1'],
      "limits '10/1' is invalid: expected a duration with its unit, such as 50ms, 1s or 1m. To return to the configured limits, use `rlo limit reset`",
    ],
    [['pausr'], "unknown command 'pausr' (Did you mean pause?)"],
  ])('is told in one plain sentence: %j', async (argv, sentence) => {
    expect(await refusalOf(argv)).toBe(`error: ${sentence}\n(add --help to see what is allowed)\n`);
  });

  it.each([['redrive'], ['discard'], ['redrive', 'id', '--all'], ['discard', 'id', '--all']])(
    'needs no credentials to be refused: dead-letters %s %s %s',
    async (...argv) => {
      expect(await refusalOf(['dead-letters', ...argv])).toContain(
        'error: name the messages by their ids, or take --all of them\n',
      );
    },
  );

  it.each([
    [['pause', 'batsch', '--json'], "class 'batsch' is invalid: expected one of HIGH, NORMAL, BATCH"],
    [['--json', 'pausr'], "unknown command 'pausr' (Did you mean pause?)"],
    [['dead-letters', 'show', '--json'], "missing required argument 'id'"],
  ])('is told as one line of JSON where that is asked for: %j', async (argv, error) => {
    const told = await refusalOf(argv, true);

    expect(JSON.parse(told)).toEqual({ error, exitCode: 2 });
    expect(told.trimEnd()).not.toContain('\n');
  });
});
