import { type Command, InvalidArgumentError } from 'commander';
import { CallFailedError } from '../../client/errors.js';
import { keepsOrder } from '../../lambdas/core/config/ordering.js';
import { NO_ORDER_IS_KEPT } from '../../lambdas/core/contracts/call-request.js';
import { DEFAULT_PRIORITY, type Priority } from '../../lambdas/core/contracts/priority.js';
import { parsePriority } from '../arguments.js';
import { CommandError } from '../command-error.js';
import type { Context } from '../context.js';
import { acting, type Report } from '../report.js';
import { tellWaiting } from '../tell-waiting.js';

interface StartOptions {
  readonly priority: Priority;
  readonly payload?: unknown;
  readonly key?: string;
  readonly notBefore?: string;
  readonly deadline?: string;
  readonly tenant?: string;
  readonly orderingKey?: string;
  readonly name?: string;
  readonly wait?: boolean;
}

const HELP = `
  rlo start createOrder --priority HIGH --payload '{"reference":"order-1"}' --wait

Whatever the configuration tells of a fault is named before anything is started; what an operation's path or mapping
needs of the payload, the worker finds. With --wait its last failure is told meanwhile, on stderr. With --key the
execution is named after operation and key, so repeating the command starts nothing twice. A call whose execution failed
is made again under the same key with another --name.`;

export function startCommand(program: Command): void {
  program
    .command('start')
    .description('start an execution that makes one call')
    .argument('<operation>', 'one of the configured operations')
    .option('--priority <class>', 'HIGH, NORMAL or BATCH', parsePriority, DEFAULT_PRIORITY)
    .option('--payload <json>', 'the body of the call', parsePayload)
    .option('--key <text>', 'the idempotency key, which operations with effect once require')
    .option('--not-before <instant>', 'ISO 8601; the call waits until then, at no cost')
    .option('--deadline <instant>', 'ISO 8601; the call is not made after it')
    .option('--tenant <text>', 'for whom')
    .option(
      '--ordering-key <text>',
      'after the earlier calls with this key, where the configuration keeps order',
    )
    .option(
      '--name <text>',
      'of the execution, which Step Functions takes only once in 90 days; default: after --key',
    )
    .option('--wait', 'until it has ended; exit code 1 unless it succeeded')
    .addHelpText('after', HELP)
    .action(
      acting(program, (context, operation: string, options: StartOptions) =>
        start(context, operation, options),
      ),
    );
}

async function start(context: Context, operation: string, options: StartOptions): Promise<Report> {
  const { client, config } = context;
  if (options.orderingKey !== undefined && !keepsOrder(config))
    throw new CommandError(`the call was not started: orderingKey: ${NO_ORDER_IS_KEPT}`);
  const { key, name, wait, ...asked } = options;
  const started = await client.start({
    operation,
    ...asked,
    ...(key === undefined ? {} : { idempotencyKey: key }),
    ...(name === undefined ? {} : { executionName: name }),
  });
  const { executionArn, alreadyEnded } = started;
  if (wait !== true)
    return {
      json: { executionArn, alreadyEnded },
      text: alreadyEnded ? `Found ${executionArn}, which has ended` : `Started ${executionArn}`,
    };
  const stopTelling = tellWaiting(context, executionArn);
  try {
    const output = await client.wait(started);
    return { json: { executionArn, status: 'SUCCEEDED', output }, text: JSON.stringify(output) };
  } catch (failure) {
    if (!(failure instanceof CallFailedError)) throw failure;
    const { error, reason } = failure;
    return {
      ok: false,
      json: { executionArn, status: 'FAILED', error, cause: reason },
      text: `${error}: ${reason === '' ? 'no cause' : reason}\n${executionArn}`,
    };
  } finally {
    stopTelling();
  }
}

function parsePayload(text: string): unknown {
  try {
    return parse(text);
  } catch {
    throw new InvalidArgumentError('expected JSON');
  }
}

function parse(text: string): unknown {
  return JSON.parse(text);
}
