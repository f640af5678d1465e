import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { DEPLOYMENT_CHECKS } from '../lambdas/core/config/deployment-checks.js';
import type { OrchestratorConfig } from '../lambdas/core/config/orchestrator-config.js';
import { parseConfig } from '../lambdas/core/config/parse-config.js';
import { lanesOf } from '../lambdas/core/config/tenant-allowance.js';
import {
  queueUrlVariable,
  RESULTS_BUCKET_VARIABLE,
  WORKER_ENVIRONMENT,
} from '../lambdas/core/contracts/environment.js';
import { LAMBDA_ENVIRONMENT_MAX_BYTES } from '../lambdas/core/contracts/limits.js';
import type { Lane } from '../lambdas/core/contracts/lane.js';
import { PRIORITIES } from '../lambdas/core/contracts/priority.js';
import { adapterFaults } from './adapter-faults.js';
import { configVariable } from './config-variable.js';
import type { DeadLetters } from './dead-letters.js';
import type { Doorbell } from './doorbell.js';
import type { PriorityQueues } from './priority-queues.js';
import type { ResultStore } from './result-store.js';

/** The most that the other variables take: five queue URLs of at most 150 bytes, a table name, and their names. */
export const OTHER_VARIABLES_MAX_BYTES = 1_200;

/** An overflow's URL, and the name of its variable. */
const OVERFLOW_VARIABLE_MAX_BYTES = 180;

/**
 * Returns the configuration as `parseConfig` does, or throws one ConfigError with every fault, among them that it
 * would not fit into the worker's environment.
 */
export function acceptConfig(input: unknown, subject: string): OrchestratorConfig {
  return parseConfig(input, subject, [...DEPLOYMENT_CHECKS, adapterFaults, sizeFaults]);
}

function sizeFaults(config: OrchestratorConfig): readonly string[] {
  const bytes = Buffer.byteLength(configVariable(config));
  const overflows = lanesOf(config).length - PRIORITIES.length;
  const othersMax = OTHER_VARIABLES_MAX_BYTES + overflows * OVERFLOW_VARIABLE_MAX_BYTES;
  const bytesMax = LAMBDA_ENVIRONMENT_MAX_BYTES - othersMax;
  if (bytes <= bytesMax) return [];
  return [
    `the configuration takes ${bytes} bytes as JSON without mappings, but Lambda's environment leaves room for ${bytesMax}; use shorter operation names and paths, or split the operations over two orchestrators`,
  ];
}

export interface WorkerEnvironmentProps {
  readonly config: OrchestratorConfig;
  readonly queues: PriorityQueues;
  readonly doorbell: Doorbell;
  readonly table: Table;
  readonly deadLetters: DeadLetters;
  readonly results: ResultStore | undefined;
}

/** Everything that the worker reads at its cold start. */
export function workerEnvironment(props: WorkerEnvironmentProps): Record<string, string> {
  const { config, queues, doorbell, table, deadLetters, results } = props;
  return {
    [WORKER_ENVIRONMENT.config]: configVariable(config),
    [WORKER_ENVIRONMENT.tableName]: table.tableName,
    [WORKER_ENVIRONMENT.doorbellUrl]: doorbell.queue.queueUrl,
    [WORKER_ENVIRONMENT.parkedUrl]: deadLetters.parked.queueUrl,
    ...(results === undefined ? {} : { [RESULTS_BUCKET_VARIABLE]: results.bucket.bucketName }),
    ...queueUrlVariables(queues),
  };
}

/** The addresses of all queues, as functions read them. */
export function queueUrlVariables({ queues }: PriorityQueues): Record<string, string> {
  return Object.fromEntries(
    Object.entries(queues).map(([lane, { queueUrl }]) => [queueUrlVariable(lane as Lane), queueUrl]),
  );
}
