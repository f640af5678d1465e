import { ExecutionStatus } from '@aws-sdk/client-sfn';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { refusingWith } from '../../lambdas/core/config/command-line.js';
import { parseWhole } from '../../lambdas/core/config/units.js';
import type { Context } from '../context.js';
import { acting, type Report } from '../report.js';
import { columns, instantText } from '../words.js';

interface ListOptions {
  readonly status?: ExecutionStatus;
  readonly most: number;
}

export function listCommand(program: Command): void {
  program
    .command('list')
    .description('executions, the newest first')
    .addOption(new Option('--status <status>', 'only those').choices(Object.values(ExecutionStatus)))
    .option(
      '--most <n>',
      'as many as this',
      refusingWith(InvalidArgumentError, (text) => parseWhole(text, 1, 1_000)),
      20,
    )
    .action(acting(program, list));
}

async function list({ executions }: Context, { status, most }: ListOptions): Promise<Report> {
  const found = await executions.list(status, most);
  const json = found.map(({ name, arn, status: is, startedAtMs, endedAtMs }) => ({
    name,
    executionArn: arn,
    status: is ?? null,
    startedAt: new Date(startedAtMs).toISOString(),
    endedAt: endedAtMs === undefined ? null : new Date(endedAtMs).toISOString(),
  }));
  const rows = json.map(({ startedAt, status: is, name }) => [instantText(startedAt), is ?? '', name]);
  return { json, text: rows.length === 0 ? 'No execution.' : columns(rows, 'left').join('\n') };
}
