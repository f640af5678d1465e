import type { Command } from 'commander';
import { PRIORITIES, type Priority } from '../../lambdas/core/contracts/priority.js';
import { priorityArgument } from '../arguments.js';
import type { Context } from '../context.js';
import { acting, type Report } from '../report.js';
import { timeoutsDuringPause, timeoutsText } from '../status/timeouts.js';

const HELP = `
Slots stop starting calls of these classes within 2 seconds; calls in flight end as usual, and nothing is lost: messages
stay in their queues. The clock of each task runs on. A pause lasts until \`rlo resume\`.`;

export function pauseCommand(program: Command): void {
  program
    .command('pause')
    .description('start no more calls, of these classes or of all, and say which tasks would time out')
    .addArgument(priorityArgument())
    .addHelpText('after', HELP)
    .action(
      acting(program, (context, classes: readonly Priority[]) =>
        pause(context, classes.length === 0 ? PRIORITIES : classes),
      ),
    );
}

async function pause(context: Context, classes: readonly Priority[]): Promise<Report> {
  const { config, settings, control, queues, executions, nowMs } = context;
  await settings.pause(classes);
  const [{ paused }, contents] = [await control.read(), await queues.read()];
  const busy = classes.filter((priority) => contents[priority].waiting > 0);
  const oldest = await executions.oldest(busy);
  const waiting = classes.map((priority) => timeoutsDuringPause(config, priority, contents, oldest, nowMs()));
  return {
    json: { paused, waiting },
    text: [`Paused: ${paused.join(', ')}. \`rlo resume\` ends it.`, ...waiting.map(timeoutsText)].join('\n'),
  };
}
