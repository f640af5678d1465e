import type { DescribeExecutionCommandOutput } from '@aws-sdk/client-sfn';
import type { Command } from 'commander';
import { TASK_ERRORS } from '../../lambdas/core/contracts/task-errors.js';
import { CommandError } from '../command-error.js';
import type { Context } from '../context.js';
import { acting, type Report } from '../report.js';

const HELP = `
An execution that failed in its call, timed out or was stopped goes on there, for 14 days after its end: with the same
input and idempotency key, and retries from the beginning. A \`once\` call that was made is answered from the ledger, and
is made no second time. What ended by decision is not redriven, because it would only fail again: \`start\` it anew when
its input is corrected, or once somebody has looked whether it was executed.

  rlo redrive order-7 order-8`;

/** Both are the error of a Fail state of `rate-limited-call`, which a redrive enters again. */
const BY_DECISION: readonly string[] = [TASK_ERRORS.invalidRequest, TASK_ERRORS.outcomeUnknown];

interface Redriven {
  readonly id: string;
  readonly ok: boolean;
  readonly what: string;
}

export function redriveCommand(program: Command): void {
  program
    .command('redrive')
    .description('let executions go on where they failed')
    .argument('<id...>', 'their names or ARNs')
    .addHelpText('after', HELP)
    .action(acting(program, (context, ids: readonly string[]) => redriveEach(context, ids)));
}

async function redriveEach(context: Context, ids: readonly string[]): Promise<Report> {
  const all: Redriven[] = [];
  for (const id of ids) all.push(await redrive(context, id));
  return {
    json: all,
    text: all.map(({ id, what }) => `${id}  ${what}`).join('\n'),
    ok: all.every(({ ok }) => ok),
  };
}

/** One that cannot be redriven keeps no other from it. */
async function redrive({ executions }: Context, id: string): Promise<Redriven> {
  try {
    const execution = await executions.find(id);
    const refusal = whyNot(execution);
    if (refusal !== undefined) return { id, ok: false, what: refusal };
    await executions.redrive(execution.executionArn ?? id);
    return { id, ok: true, what: 'goes on where it failed' };
  } catch (error) {
    if (error instanceof CommandError) return { id, ok: false, what: error.message };
    throw error;
  }
}

function whyNot({ error, redriveStatusReason }: DescribeExecutionCommandOutput): string | undefined {
  if (redriveStatusReason !== undefined) return `cannot be redriven: ${redriveStatusReason}`;
  if (error === undefined || !BY_DECISION.includes(error)) return undefined;
  return `not redriven: it ended as ${error} by decision and would only fail again`;
}
