/** `npm run plan`: recommends slots and times for a legacy API, and predicts waits and cost. */
import { writeFile } from 'node:fs/promises';
import type { OrchestratorConfig } from '../../lambdas/core/config/orchestrator-config.js';
import { ConfigError } from '../../lambdas/core/config/parse-config.js';
import { capacityPlan } from '../../lambdas/core/planning/capacity-plan.js';
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
  // Loading the chart library takes longer than planning.
  const { chartOf } = await import('../plan/chart.js');
  await writeFile(options.chart, chartOf(plan));
  process.stderr.write(`Chart written to ${options.chart}\n`);
}

/** The stack's own configuration of one legacy API. */
function configuredApi({ api }: PlanOptions): OrchestratorConfig {
  const configs = acceptOrchestrators(contextOfCdkJson()['orchestrators']);
  const config = configs.find(({ name }) => api === undefined || name === api);
  if (config !== undefined) return config;
  const names = configs.map(({ name }) => name).join(', ');
  throw new UsageError([`option '--api': cdk.json has no '${api ?? ''}'; expected one of ${names}`], '');
}

function exitCodeFor(error: unknown): number {
  if (error instanceof UsageError) {
    const faults = error.faults.map((fault) => `error: ${fault}`);
    process.stderr.write(`${faults.join('\n')}\n\n${error.usage}`);
    return EXIT_USAGE;
  }
  if (error instanceof ConfigError) {
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
  throw error;
}

try {
  await main();
} catch (error) {
  process.exitCode = exitCodeFor(error);
}
