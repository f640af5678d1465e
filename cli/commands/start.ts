import { setTimeout as sleep } from 'node:timers/promises';
import { type Command, InvalidArgumentError } from 'commander';
import { DEFAULT_PRIORITY, type Priority } from '../../lambdas/core/contracts/priority.js';
import { parsePriority } from '../arguments.js';
import { CommandError } from '../command-error.js';
import type { Context } from '../context.js';
import { acting, type Report } from '../report.js';

interface StartOptions {
  readonly priority: Priority;
  readonly payload?: unknown;
  readonly key?: string;
  readonly notBefore?: string;
  readonly deadline?: string;
  readonly tenant?: string;
  readonly name?: string;
  readonly wait?: boolean;
}

const HELP = `
  rlo start createOrder --priority HIGH --payload '{"reference":"order-1"}' --wait

Faults of the input that only the state machine finds, such as a payload that is too large, end the execution with
Orchestrator.InvalidRequest.`;

const LOOK_AGAIN_AFTER_MS = 500;

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
    .option('--name <text>', 'of the execution; Step Functions takes each only once in 90 days')
    .option('--wait', 'until it has ended; exit code 1 unless it succeeded')
    .addHelpText('after', HELP)
    .action(
      acting(program, (context, operation: string, options: StartOptions) =>
        start(context, operation, options),
      ),
    );
}

async function start(context: Context, operation: string, options: StartOptions): Promise<Report> {
  const { key, name, wait, ...input } = options;
  refuseWhatNobodyServes(context, operation, key);
  const request = { operation, ...input, ...(key === undefined ? {} : { idempotencyKey: key }) };
  const arn = await context.executions.start(JSON.stringify(request), name);
  if (wait !== true) return { json: { executionArn: arn }, text: `Started ${arn}` };
  let execution = await context.executions.describe(arn);
  while (execution.status === 'RUNNING') {
    await sleep(LOOK_AGAIN_AFTER_MS);
    execution = await context.executions.describe(arn);
  }
  const { status, output, error, cause } = execution;
  const json = {
    executionArn: arn,
    status,
    output: output === undefined ? null : parse(output),
    error,
    cause,
  };
  const ok = status === 'SUCCEEDED';
  return { json, ok, text: ok ? (output ?? '') : `${error ?? status ?? ''}: ${cause ?? 'no cause'}\n${arn}` };
}

function refuseWhatNobodyServes({ config }: Context, operation: string, key: string | undefined): void {
  const configured = config.operations[operation];
  if (configured === undefined)
    throw new CommandError(
      `operation ${operation} is unknown; expected one of ${Object.keys(config.operations).join(', ')}`,
    );
  if (configured.effect === 'once' && key === undefined)
    throw new CommandError(
      `operation ${operation} has effect once: name the call with --key, such as an invoice's number, so that it is never made twice`,
    );
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
