import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { CommandError } from '../command-error.js';
import type { Context } from '../context.js';
import { acting, type Report } from '../report.js';
import { highCopyOf } from '../../lambdas/core/status/high-copy.js';

const HELP = `
SQS cannot move a message, so a HIGH copy of it is sent, and both resume the same task. Whichever a slot takes second
is dropped: its task is over, as every slot asks before the call once a message is older than \`livenessAfterMs\`. The
copy is sent only then, so the command may take some seconds. If slots hold both messages at the same moment, an
operation with effect idempotent may be called twice, as it may be anyway; one with effect once never is: the ledger
sees to that. A call that fails and is repeated by its workflow goes back to its own class.

The message is read from the execution's history, which takes the permission to read execution data. It holds the token
that resumes the task: that is never printed.`;

export function expediteCommand(program: Command): void {
  program
    .command('expedite')
    .description('serve a waiting call as HIGH')
    .argument('<id>', "the execution's name or ARN")
    .addHelpText('after', HELP)
    .action(acting(program, expedite));
}

async function expedite(context: Context, id: string): Promise<Report> {
  const { executions, control, queues, doorbell, config, nowMs } = context;
  const { executionArn = '', status } = await executions.find(id);
  if (status !== 'RUNNING') throw refusal(id, `it has ended: ${status ?? 'unknown'}`);
  if ((await control.read()).paused.includes('HIGH')) throw refusal(id, 'HIGH is paused; resume it first');
  const expeditedAtMs = nowMs();
  const copy = highCopyOf(await messageOf(context, id, executionArn), config, expeditedAtMs);
  if (copy.kind === 'refused') throw refusal(id, copy.why);
  await sleep(Math.max(0, copy.safeFromMs - nowMs()));
  // Meanwhile its turn may have come, and the token of another attempt is another one.
  const again = highCopyOf(await messageOf(context, id, executionArn), config, expeditedAtMs);
  if (again.kind === 'refused' || again.body !== copy.body) throw refusal(id, 'its turn has come meanwhile');
  await queues.send('HIGH', copy.body, { tenant: copy.tenant });
  await doorbell.ring();
  return { json: { executionArn, expedited: true }, text: `${id} is served as HIGH.` };
}

async function messageOf({ executions }: Context, id: string, executionArn: string): Promise<unknown> {
  const message = await executions.waitingMessage(executionArn);
  if (message === undefined) throw refusal(id, 'no call of it waits now; see `rlo show`');
  return message;
}

function refusal(id: string, why: string): CommandError {
  return new CommandError(`execution ${id} cannot be expedited: ${why}`);
}
