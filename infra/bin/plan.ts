/** `rlo plan`: recommends slots and times for a legacy API, and predicts waits and cost. */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { HELP_HINT } from '../../lambdas/core/config/command-line.js';
import type { OrchestratorConfig } from '../../lambdas/core/config/orchestrator-config.js';
import { ConfigError } from '../../lambdas/core/config/parse-config.js';
import { UNREAD, whenUnread } from '../../lambdas/core/contracts/when-unread.js';
import { capacityPlan } from '../../lambdas/core/planning/capacity-plan.js';
import type { CapacityPlan } from '../../lambdas/core/planning/plan.js';
import { acceptOrchestrators, contextOfCdkJson } from '../configured-orchestrators.js';
import { jsonOf } from '../plan/json.js';
import { type PlanOptions, readOptions, UsageError } from '../plan/options.js';
import { questionOf } from '../plan/question.js';
import { reportOf } from '../plan/report.js';

/** Refused before anything was planned, as by most command lines. */
const EXIT_USAGE = 2;

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const question = questionOf(options, options.limit === undefined ? configuredApi(options) : undefined);
  const plan = capacityPlan(question.input);
  process.stdout.write(options.json === true ? jsonOf(plan, question) : reportOf(plan, question));
  if (options.chart === undefined) return;
  await writeFile(options.chart, await chartOf(plan));
  process.stderr.write(`Chart written to ${options.chart}\n`);
}

/** Of the project that somebody plans for. Never of this package, whose own example would answer in its place. */
function context(): Record<string, unknown> {
  if (existsSync('cdk.json')) return contextOfCdkJson('.');
  throw new UsageError(['there is no cdk.json here to plan for; go to your project, or give --limit']);
}

/** Loads the chart library only now, which takes longer than planning, and is a development dependency. */
async function chartOf(plan: CapacityPlan): Promise<string> {
  try {
    return (await import('../plan/chart.js')).chartOf(plan);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')) throw error;
    throw new UsageError([
      "option '--chart' draws with echarts, which is not installed; add it with npm i echarts",
    ]);
  }
}

/** The stack's own configuration of one legacy API. */
function configuredApi({ api }: PlanOptions): OrchestratorConfig {
  const configs = acceptOrchestrators(context()['orchestrators']);
  const config = configs.find(({ name }) => api === undefined || name === api);
  if (config !== undefined) return config;
  const names = configs.map(({ name }) => name).join(', ');
  throw new UsageError([`option '--api': cdk.json has no '${api ?? ''}'; expected one of ${names}`]);
}

/** Tells the error on stderr, in the form in which `rlo` tells its own. */
function exitCodeFor(error: unknown): number {
  if (!(error instanceof UsageError || error instanceof ConfigError)) throw error;
  const exitCode = error instanceof UsageError ? EXIT_USAGE : 1;
  const json = JSON.stringify({ error: error.message, exitCode });
  process.stderr.write(`${process.argv.includes('--json') ? json : textOf(error)}\n`);
  return exitCode;
}

function textOf(error: UsageError | ConfigError): string {
  if (error instanceof ConfigError) return error.message;
  return [...error.faults.map((fault) => `error: ${fault}`), HELP_HINT].join('\n');
}

whenUnread(process.stdout, () => process.exit(UNREAD));
try {
  await main();
} catch (error) {
  process.exitCode = exitCodeFor(error);
}
