/** `npm run dead-letters`: looks at parked messages, redrives them, or discards them. */
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { SFNClient } from '@aws-sdk/client-sfn';
import { Command } from 'commander';
import { PROMPT_CLIENT } from '../../lambdas/adapters/aws-clients.js';
import { SfnExecutions } from '../../lambdas/adapters/sfn-executions.js';
import { SfnTaskCallback } from '../../lambdas/adapters/sfn-task-callback.js';
import { sha256 } from '../../lambdas/adapters/sha-256.js';
import { SqsParkedMessages } from '../../lambdas/adapters/sqs-parked-messages.js';
import { SystemClock } from '../../lambdas/adapters/system-clock.js';
import { redrive, type RedrivePorts } from '../../lambdas/core/dead-letters/redrive.js';
import { discard, type Done, list, redriveAll } from '../dead-letters/commands.js';
import { asTable } from '../dead-letters/describe.js';
import { OutputsError, readOutputs } from '../outputs.js';

interface Options {
  readonly outputs: string;
  readonly api?: string;
  readonly json?: boolean;
}

const EXIT = { done: 0, failed: 1, usage: 2 } as const;

const OUTPUTS = ['ParkedUrl', 'StateMachineArn', 'QueueUrlHigh', 'QueueUrlNormal', 'QueueUrlBatch'] as const;

const say = (text: string) => process.stdout.write(`${text}\n`);

const program = new Command('npm run dead-letters --')
  .description(
    'Parked messages: their calls were given up after too many receives, and their tasks were told so; or they were\n' +
      'never task requests. Credentials and Region come from the environment, as for the aws command line;\n' +
      'AWS_ENDPOINT_URL leads to a local run.',
  )
  .exitOverride((error) => process.exit(error.exitCode === 0 ? EXIT.done : EXIT.usage))
  .showHelpAfterError()
  .option('--outputs <file>', 'what cdk deploy --outputs-file wrote', 'outputs.json')
  .option('--api <name>', "the orchestrator's name, where the stack has several")
  .option('--json', 'print JSON');

program
  .command('list')
  .description('every parked message, the oldest first')
  .action(async () => {
    const { parked } = await surroundings();
    const messages = await list(parked);
    say(program.opts<Options>().json === true ? JSON.stringify(messages, null, 2) : asTable(messages));
  });

program
  .command('show <id>')
  .description('one message with its payload and the reason why it rests, as JSON')
  .action(async (id: string) => {
    const { parked } = await surroundings();
    const message = (await list(parked)).find((candidate) => candidate.id === id);
    if (message === undefined) return report([{ id, ok: false, what: 'no such message is parked' }]);
    say(JSON.stringify(message, null, 2));
  });

program
  .command('redrive [ids...]')
  .description('makes their calls once more, under the same idempotency keys; never a `once` call twice')
  .option('--all', 'every parked message')
  .action(async (ids: readonly string[], { all }: { readonly all?: boolean }) => {
    const { parked, ports } = await surroundings();
    report(await redriveAll(parked, chosen(ids, all), (body) => redrive(ports, body)));
  });

program
  .command('discard [ids...]')
  .description('deletes them for good')
  .option('--all', 'every parked message')
  .action(async (ids: readonly string[], { all }: { readonly all?: boolean }) => {
    const { parked } = await surroundings();
    report(await discard(parked, chosen(ids, all)));
  });

async function surroundings() {
  const { outputs: file, api } = program.opts<Options>();
  const outputs = await readOutputs(file, api, OUTPUTS);
  const sqs = new SQSClient(PROMPT_CLIENT);
  const sfn = new SFNClient(PROMPT_CLIENT);
  const queueUrls = {
    HIGH: outputs.QueueUrlHigh,
    NORMAL: outputs.QueueUrlNormal,
    BATCH: outputs.QueueUrlBatch,
  };
  const executions = new SfnExecutions(sfn, outputs.StateMachineArn);
  const ports: RedrivePorts = {
    clock: new SystemClock(),
    callback: new SfnTaskCallback(sfn),
    send: async (priority, body) => {
      await sqs.send(new SendMessageCommand({ QueueUrl: queueUrls[priority], MessageBody: body }));
    },
    start: (name, inputJson) => executions.start(name, inputJson),
    fingerprint: sha256,
  };
  return { parked: new SqsParkedMessages(sqs, outputs.ParkedUrl), ports };
}

function chosen(ids: readonly string[], all = false): readonly string[] | 'all' {
  if (all === ids.length > 0) program.error('error: name the messages by their ids, or take --all of them');
  return all ? 'all' : ids;
}

function report(done: readonly Done[]): void {
  const { json } = program.opts<Options>();
  const lines = done.map(({ id, what }) => `${id}  ${what}`);
  say(
    json === true
      ? JSON.stringify(done, null, 2)
      : lines.length === 0
        ? 'Nothing is parked.'
        : lines.join('\n'),
  );
  if (done.some(({ ok }) => !ok)) process.exitCode = EXIT.failed;
}

try {
  await program.parseAsync();
} catch (error) {
  const expected = error instanceof OutputsError;
  // The name only of what a service said: it may quote what it was sent.
  process.stderr.write(`${expected ? error.message : error instanceof Error ? error.name : String(error)}\n`);
  process.exitCode = expected ? EXIT.usage : EXIT.failed;
}
