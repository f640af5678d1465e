import type { OrchestratorConfig } from '../core/config/orchestrator-config.js';
import { readQueueUrls, readVariables } from '../core/config/read-variables.js';
import { INTAKE_ENVIRONMENT, queueUrlVariable } from '../core/contracts/environment.js';
import type { ByLane } from '../core/contracts/lane.js';
import { PRIORITIES } from '../core/contracts/priority.js';

export interface IntakeEnvironment {
  readonly config: OrchestratorConfig;
  readonly tableName: string;
  readonly doorbellUrl: string;
  readonly stateMachineArn: string;
  readonly queueUrls: ByLane<string>;
}

/** Reads the function's environment, or throws one ConfigError that names every variable that is missing. */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): IntakeEnvironment {
  const { config: configName, tableName, doorbellUrl, stateMachineArn } = INTAKE_ENVIRONMENT;
  const names = [tableName, doorbellUrl, stateMachineArn, ...PRIORITIES.map(queueUrlVariable)];
  const { config, values } = readVariables(variables, { names, configName });
  return {
    config,
    tableName: values[tableName],
    doorbellUrl: values[doorbellUrl],
    stateMachineArn: values[stateMachineArn],
    queueUrls: readQueueUrls(variables, config),
  };
}
