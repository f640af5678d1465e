import type { Command } from 'commander';
import { LOOKED_AT_MAX } from '../aws/executions.js';
import { acting } from '../report.js';
import { readSnapshot } from '../status/snapshot.js';
import { statusText } from '../status/status-text.js';
import { statusOf } from '../../lambdas/core/status/status.js';

const HELP = `
waiting     messages in the class's queue, and in flight those in the hands of a slot (SQS's own, approximate figures)
oldest      how long the class's oldest execution that is still running has been running; "at most" where only the
            oldest ${LOOKED_AT_MAX} executions were looked at. Calls from your own state machines are not among them.
drains in   at the earliest: backlog over the rate that the limit and the slots allow, if nothing new comes and no call
            takes longer than the hold. More urgent classes come first.`;

export function statusCommand(program: Command): void {
  program
    .command('status')
    .description('one screen: backlog, oldest and drain by priority; limit, gate, pauses; the last failures')
    .addHelpText('after', HELP)
    .action(
      acting(program, async (context) => {
        const json = statusOf(await readSnapshot(context));
        return { json, text: statusText(json) };
      }),
    );
}
