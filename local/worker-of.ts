import type { OrchestratorConfig } from '../lambdas/core/config/orchestrator-config.js';
import { parseConfig } from '../lambdas/core/config/parse-config.js';
import { WORKER_ENVIRONMENT } from '../lambdas/core/contracts/environment.js';
import type { LambdaFunction } from './aws/lambda/lambda-function.js';
import type { EmbeddedAws } from './embedded-aws.js';

/** The function that serves the queues, by the stack's own output. Throws where the stack has none. */
export function workerOf({ outputs, functions }: Pick<EmbeddedAws, 'outputs' | 'functions'>): LambdaFunction {
  const named = Object.entries(outputs).find(([output]) => output.endsWith('WorkerName'))?.[1];
  const worker = functions.find(({ name }) => name === named);
  if (worker === undefined) throw new Error('the stack has no function that its output WorkerName names');
  return worker;
}

/** What this worker was deployed with. */
export function configOf({
  name,
  variables,
}: Pick<LambdaFunction, 'name' | 'variables'>): OrchestratorConfig {
  const text = variables[WORKER_ENVIRONMENT.config];
  if (text === undefined) throw new Error(`worker ${name} has no ${WORKER_ENVIRONMENT.config}`);
  return parseConfig(JSON.parse(text), `configuration of ${name}`);
}
