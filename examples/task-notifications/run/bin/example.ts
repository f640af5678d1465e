/** `npm run example`: the task service on this machine, through an evening of notifications. */
import { takeNoOptions } from '../../../../local/cli/no-options.js';
import { Mailbox } from '../mailbox.js';
import { reportOf } from '../report.js';
import { playScenario, violationsOf } from '../scenario.js';
import { startExample } from '../start-example.js';

// The AWS SDK tells users of Node 20 to upgrade; the README does so in one place.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

takeNoOptions(
  'npm run example --',
  'Runs the task service on this machine, through an evening of notifications. Exits 0 only if assignments went first, the limit was kept, and nothing was sent twice or in vain.',
  process.argv.slice(2),
);
const say = (text: string) => process.stdout.write(`${text}\n`);

say('Synthesizing the task service and starting it on this machine ...');
const mailbox = new Mailbox();
const run = await startExample(
  { onCall: mailbox.onCall, onStatusChange: () => undefined, onLog: () => undefined },
  0,
);
try {
  say(`Ready: tasks at ${run.output('ApiUrl')}, AWS endpoint ${run.aws.endpoint}\n`);
  const facts = await playScenario(run, mailbox, say);
  const violations = violationsOf(facts);
  say(`\n${reportOf(facts)}\n`);
  for (const violation of violations) say(`FAILED: ${violation}`);
  if (violations.length === 0)
    say('OK: assignments went first, the limit was kept, nothing was sent twice or in vain.');
  process.exitCode = violations.length === 0 ? 0 : 1;
} finally {
  await run.stop();
}
