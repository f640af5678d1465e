/** `npm run verify:aws`: answers, on a deployed throw-away stack, what only real AWS can answer. */
import { readFile, writeFile } from 'node:fs/promises';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import { Command } from 'commander';
import { HELP_HINT } from '../../../lambdas/core/config/command-line.js';
import { callbackProbes } from '../callback-probes.js';
import { namesFrom } from '../deployment.js';
import { doorbellProbe } from '../doorbell-probe.js';
import { receiveOrderProbe } from '../receive-order-probe.js';
import { formatFindings, verify } from '../verify.js';
import { wakeUpProbe } from '../wake-up-probe.js';

interface Options {
  readonly outputs: string;
  readonly api: string;
  readonly operation: string;
  readonly executions: number;
  readonly json?: string;
}

const program = new Command('npm run verify:aws --')
  .description(
    'Answers on real AWS what documentation leaves open. Needs a throw-away stack with a reachable legacy API:\n\n' +
      '  npx cdk deploy --outputs-file outputs.json\n' +
      '  npm run verify:aws -- --outputs outputs.json\n\n' +
      'It pauses and resumes the stack, starts and stops executions, and creates and deletes one queue. Credentials\n' +
      'and Region come from the environment, as for the aws command line.',
  )
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .showHelpAfterError(HELP_HINT)
  .requiredOption('--outputs <file>', 'what cdk deploy --outputs-file wrote')
  .option('--api <name>', "the orchestrator's name in cdk.json", 'legacy-api')
  .option('--operation <name>', 'an operation that is safe to call', 'createOrder')
  .option('--executions <n>', 'how many times to wake the idle stack', Number, 20)
  .option('--json <file>', 'write the findings as JSON too')
  .parse();

const { outputs: file, api, operation, executions, json } = program.opts<Options>();
try {
  const stacks = JSON.parse(await readFile(file, 'utf8')) as Record<string, Record<string, string>>;
  const outputs = Object.assign({}, ...Object.values(stacks)) as Record<string, string>;
  const { deployment, doorbellName, workerName } = namesFrom(outputs, { api, operation });
  const clients = { sfn: new SFNClient(), sqs: new SQSClient(), dynamo: new DynamoDBClient() };
  const probes = [
    ...callbackProbes,
    receiveOrderProbe,
    wakeUpProbe(executions),
    doorbellProbe({ cloudWatch: new CloudWatchClient(), doorbellName, workerName }),
  ];
  const findings = await verify({ ...deployment, ...clients }, probes, ({ name }) => {
    process.stderr.write(`asking: ${name} ...\n`);
  });
  process.stdout.write(`${formatFindings(findings)}\n`);
  if (json !== undefined) await writeFile(json, `${JSON.stringify(findings, null, 2)}\n`);
  process.exitCode = findings.some(({ asAssumed }) => asAssumed === false) ? 1 : 0;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
