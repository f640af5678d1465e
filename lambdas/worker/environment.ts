import type { OrchestratorConfig } from '../core/config/orchestrator-config.js';
import { readQueueUrls, readVariables } from '../core/config/read-variables.js';
import {
  queueUrlVariable,
  RESULTS_BUCKET_VARIABLE,
  WORKER_ENVIRONMENT,
} from '../core/contracts/environment.js';
import type { ByLane } from '../core/contracts/lane.js';
import { PRIORITIES } from '../core/contracts/priority.js';

export interface WorkerEnvironment {
  readonly config: OrchestratorConfig;
  readonly tableName: string;
  readonly doorbellUrl: string;
  readonly parkedUrl: string;
  readonly queueUrls: ByLane<string>;
  /** Undefined where the configuration offloads no results. */
  readonly resultsBucket: string | undefined;
}

/** Reads the worker's environment, or throws one ConfigError that names every variable that is missing. */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): WorkerEnvironment {
  const { config: configName, tableName, doorbellUrl, parkedUrl } = WORKER_ENVIRONMENT;
  const names = [tableName, doorbellUrl, parkedUrl, ...PRIORITIES.map(queueUrlVariable)];
  const { config, values } = readVariables(variables, { names, configName });
  return {
    config,
    tableName: values[tableName],
    doorbellUrl: values[doorbellUrl],
    parkedUrl: values[parkedUrl],
    queueUrls: readQueueUrls(variables, config),
    resultsBucket: variables[RESULTS_BUCKET_VARIABLE],
  };
}
