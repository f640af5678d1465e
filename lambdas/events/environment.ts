import type { OrchestratorConfig } from '../core/config/orchestrator-config.js';
import { readVariables } from '../core/config/read-variables.js';
import { EVENTS_ENVIRONMENT } from '../core/contracts/environment.js';

export interface EventsEnvironment {
  readonly config: OrchestratorConfig;
  readonly stateMachineArn: string;
}

/** Reads the function's environment, or throws one ConfigError that names every variable that is missing. */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): EventsEnvironment {
  const { config: configName, stateMachineArn } = EVENTS_ENVIRONMENT;
  const { config, values } = readVariables(variables, { names: [stateMachineArn], configName });
  return { config, stateMachineArn: values[stateMachineArn] };
}
