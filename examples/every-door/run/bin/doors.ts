/** `npm run doors`: calls through every door of one local run, and a verdict. */
import { formatFacts, violationsOf } from '../facts.js';
import { readOptions } from '../options.js';
import { playScenario } from '../scenario.js';
import { startExample } from '../start-example.js';
import { Watch } from '../watch.js';

// The AWS SDK tells users of Node 20 to upgrade; the README does so in one place.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

const options = readOptions(process.argv.slice(2));
const write = (text: string) => process.stdout.write(`${text}\n`);
// As JSON, nothing else may stand in the output.
const say = options.json ? (text: string) => process.stderr.write(`${text}\n`) : write;

say('Synthesizing the stack and starting it on this machine ...');
const watch = new Watch();
const run = await startExample(options, watch.events);
try {
  const facts = await playScenario(run, watch, options, say);
  const violations = violationsOf(facts);
  write(options.json ? JSON.stringify({ ...facts, violations }, null, 2) : `\n${formatFacts(facts)}\n`);
  for (const violation of violations) say(`FAILED: ${violation}`);
  const untried = Object.keys(facts.untried).map((door) => ` The ${door} was not tried.`);
  if (violations.length === 0)
    say(
      `OK: every call ended as it should, no limit was broken, inversions kept within the shares.${untried.join('')}`,
    );
  process.exitCode = violations.length === 0 ? 0 : 1;
} finally {
  await run.stop();
}
