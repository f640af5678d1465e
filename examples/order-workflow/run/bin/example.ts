/** `npm run example:order`: orders with every luck, both ways, on this machine. */
import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { setTimeout as sleep } from 'node:timers/promises';
import { takeNoOptions } from '../../../../local/cli/no-options.js';
import { CARDS } from '../erp.js';
import { startExample } from '../start-example.js';

// The AWS SDK tells users of Node 20 to upgrade; the README does so in one place.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

takeNoOptions(
  'npm run example:order --',
  'Runs orders with every luck on this machine, through both workflows, and tells how each ended.',
  process.argv.slice(2),
);
const say = (text: string) => process.stdout.write(`${text}\n`);
const quiet = () => undefined;

/** Lookups wait until the ERP can no longer be working on the call. */
const PATIENCE_MS = 60_000;

say('Synthesizing both workflows and starting them on this machine ...');
const run = await startExample({ onCall: quiet, onStatusChange: quiet, onLog: quiet });
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
const sfn = new SFNClient({ endpoint: run.aws.endpoint, region: 'us-east-1', credentials });

async function endOf(stateMachineArn: string, name: string, card: string): Promise<string> {
  const order = { id: name, payment: { card, amount: 120 }, lines: [{ sku: 'a' }, { sku: 'b' }] };
  const request = { stateMachineArn, name, input: JSON.stringify({ order }) };
  const { executionArn } = await sfn.send(new StartExecutionCommand(request));
  const untilMs = performance.now() + PATIENCE_MS;
  for (;;) {
    const { status, output, error } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    if (status !== 'RUNNING') return output ?? error ?? String(status);
    if (performance.now() > untilMs) throw new Error(`${name} has not ended within ${PATIENCE_MS} ms`);
    await sleep(100);
  }
}

try {
  say(`Ready: AWS endpoint ${run.aws.endpoint}\n`);
  const orders = Object.entries(CARDS).flatMap(([luck, card]) =>
    ['OrderWithCallTasks', 'OrderWithExecutions'].map((workflow) => ({ luck, card, workflow })),
  );
  const ends = await Promise.all(
    orders.map(({ luck, card, workflow }) =>
      endOf(run.output(`${workflow}Arn`), `${luck}-${workflow === 'OrderWithExecutions' ? 2 : 1}`, card),
    ),
  );
  for (const [index, { card, workflow }] of orders.entries())
    say(`${workflow.padEnd(20)} ${card.padEnd(29)} ${ends[index] ?? ''}`);
  const { worstWindowCalls, limitCalls, calls } = await run.legacyApi.figures();
  say(`\nERP  ${calls} calls, worst window ${worstWindowCalls ?? 0} of ${limitCalls ?? 0}`);
} finally {
  sfn.destroy();
  await run.stop();
}
