import type { Command } from 'commander';
import { counted } from '../../lambdas/core/contracts/counted.js';
import { PRIORITIES, type Priority } from '../../lambdas/core/contracts/priority.js';
import { priorityArgument } from '../arguments.js';
import type { Context } from '../context.js';
import { acting, type Report } from '../report.js';

const HELP = `
Slots that serve other classes see it within a second. Others are rung for, one bell for each slot, so that work starts
at once.`;

export function resumeCommand(program: Command): void {
  program
    .command('resume')
    .description('end the pause, of these classes or of all, and ring for slots')
    .addArgument(priorityArgument())
    .addHelpText('after', HELP)
    .action(
      acting(program, (context, classes: readonly Priority[]) =>
        resume(context, classes.length === 0 ? PRIORITIES : classes),
      ),
    );
}

async function resume(
  { config, settings, control, doorbell }: Context,
  classes: readonly Priority[],
): Promise<Report> {
  const before = await control.read();
  await settings.resume(classes);
  const { paused } = await control.read();
  const bells = Array.from({ length: config.slots }, () => doorbell.ring());
  await Promise.all(bells);
  const resumed = classes.filter((priority) => before.paused.includes(priority));
  const done = resumed.length === 0 ? 'Nothing of that was paused' : `Resumed: ${resumed.join(', ')}`;
  const still = paused.length === 0 ? '' : ` Still paused: ${paused.join(', ')}.`;
  return {
    json: { resumed, paused, bells: bells.length },
    text: `${done}.${still} Rang for ${counted(bells.length, 'slot')}.`,
  };
}
