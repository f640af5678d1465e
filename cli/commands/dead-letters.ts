import type { Command } from 'commander';
import { CommandError } from '../command-error.js';
import { discard, type Done, list, NOT_PUT_BACK, redriveAll } from '../dead-letters/commands.js';
import { asTable, asText } from '../dead-letters/describe.js';
import { acting, type Report } from '../report.js';

const HELP = `
A message that is received too often, because slots kept dying over it or its task could not be told, is given up: its
task ends with a typed failure, and the message is parked for people, together with whatever was never a task request.
Tokens are never shown: the tasks that they resumed are over.

While a command has parked messages in hand, up to two minutes, nobody else sees them.`;

const REDRIVE_HELP = `
Where its task still waits, the message goes back to its queue as it was. Else an execution of rate-limited-call makes
the call under the same idempotency key: the ledger answers for a call with effect once that was or may have been
made. It is named after the task, so that a redrive that is repeated starts nothing twice. The execution that had
waited stays as it ended: Step Functions' own redrive goes on where it failed.`;

const DISCARD_HELP = `
Nothing else keeps what they say: \`rlo dead-letters show ID --json\` beforehand does.`;

interface Choice {
  readonly all?: boolean;
}

export function deadLettersCommand(program: Command): void {
  const group = program
    .command('dead-letters')
    .description('messages that were given up and wait for people: look at them, redrive or discard them')
    .addHelpText('after', HELP);
  group
    .command('list')
    .description('every parked message, the oldest first')
    .action(
      acting(program, async ({ parked }) => {
        const { messages, hidden } = await list(parked);
        const table = asTable(messages);
        return {
          json: messages,
          text: hidden === 0 ? table : `${table}\n${hidden} of them ${NOT_PUT_BACK}`,
        };
      }),
    );
  group
    .command('show')
    .description('one parked message, its payload, and the reason why it rests')
    .argument('<id>', 'as in the list')
    .action(
      acting(program, async ({ parked }, id: string) => {
        const message = (await list(parked)).messages.find((candidate) => candidate.id === id);
        if (message === undefined)
          throw new CommandError(`no message ${id} is parked, or somebody has it in hand`);
        return { json: message, text: asText(message) };
      }),
    );
  const onIds = (name: string, description: string) =>
    group
      .command(name)
      .description(description)
      .argument('[ids...]', 'as in the list')
      .option('--all', 'every parked message')
      .hook('preAction', requireChoice);
  onIds('redrive', 'make their calls once more, under the same idempotency keys')
    .addHelpText('after', REDRIVE_HELP)
    .action(
      acting(program, async ({ parked, redrive }, ids: readonly string[], { all }: Choice) =>
        reportOf(await redriveAll(parked, all === true ? 'all' : ids, redrive)),
      ),
    );
  onIds('discard', 'delete them for good')
    .addHelpText('after', DISCARD_HELP)
    .action(
      acting(program, async ({ parked }, ids: readonly string[], { all }: Choice) =>
        reportOf(await discard(parked, all === true ? 'all' : ids)),
      ),
    );
}

/** Before anything is connected: whoever names nothing needs no credentials to be told so. */
function requireChoice(command: Command): void {
  if ((command.opts<Choice>().all === true) === command.args.length > 0)
    command.error('error: name the messages by their ids, or take --all of them');
}

function reportOf(done: readonly Done[]): Report {
  const lines = done.map(({ id, what }) => `${id}  ${what}`);
  return {
    json: done,
    ok: done.every(({ ok }) => ok),
    text: lines.length === 0 ? 'Nothing is parked.' : lines.join('\n'),
  };
}
