import type { Command } from 'commander';
import { LOOKED_AT_MAX } from '../aws/executions.js';
import { acting } from '../report.js';
import { readStatus } from '../status/read-status.js';
import { statusText } from '../status/status-text.js';

const HELP = `
waiting     messages in the class's queue, and in flight those in the hands of a slot (SQS's own, approximate figures)
oldest      how long the class's oldest execution that is still running has been running; "at most" where only the
            oldest ${LOOKED_AT_MAX} executions were looked at. Calls from your own state machines are not among them.
drains in   at the earliest: backlog over the rate that the limit and the slots allow, if nothing new comes and no call
            takes longer than the hold. More urgent classes come first.
Calls       started in the last five minutes and the one that has begun, as a share of what the limits in force allow;
            below it, what they came to. CloudWatch knows of a call some seconds to a minute after it. A call that was
            refused for its rate is made again; a late one found its task closed.`;

export function statusCommand(program: Command): void {
  program
    .command('status')
    .description(
      'one screen: backlog, oldest and drain by priority; limit, gate, pauses; recent calls and failures',
    )
    .addHelpText('after', HELP)
    .action(
      acting(program, async (context) => {
        const json = await readStatus(context);
        return { json, text: statusText(json) };
      }),
    );
}
