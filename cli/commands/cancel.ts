import type { Command } from 'commander';
import { CommandError } from '../command-error.js';
import type { Context } from '../context.js';
import { acting, type Report } from '../report.js';

const HELP = `
The execution ends as ABORTED at once. A call that waits is dropped before it reaches the API: its task is probed
where it waited for more than \`livenessAfterMs\`. A call that is in flight ends at the API, and its result is recorded
as late.`;

export function cancelCommand(program: Command): void {
  program
    .command('cancel')
    .description('stop an execution')
    .argument('<id>', "the execution's name or ARN")
    .option('--reason <text>', 'kept as the cause', 'cancelled with rlo')
    .addHelpText('after', HELP)
    .action(
      acting(program, (context, id: string, { reason }: { readonly reason: string }) =>
        cancel(context, id, reason),
      ),
    );
}

async function cancel({ executions, client }: Context, id: string, reason: string): Promise<Report> {
  const { executionArn = '', status } = await executions.find(id);
  if (status !== 'RUNNING')
    throw new CommandError(
      `execution ${id} has ended: ${status ?? 'unknown'}; only a running one can be cancelled`,
    );
  await client.cancel(executionArn, reason);
  return { json: { executionArn, status: 'ABORTED' }, text: `Cancelled ${executionArn}` };
}
