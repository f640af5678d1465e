import type { OrchestratorConfig } from '../core/config/orchestrator-config.js';
import { readVariables } from '../core/config/read-variables.js';
import { DEAD_LETTER_ENVIRONMENT } from '../core/contracts/environment.js';

export interface DeadLetterEnvironment {
  readonly config: OrchestratorConfig;
  readonly tableName: string;
  readonly deadLetterUrl: string;
  readonly parkedUrl: string;
}

/** Reads the function's environment, or throws one ConfigError that names every variable that is missing. */
export function readEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
): DeadLetterEnvironment {
  const { config: configName, tableName, deadLetterUrl, parkedUrl } = DEAD_LETTER_ENVIRONMENT;
  const names = [tableName, deadLetterUrl, parkedUrl];
  const { config, values } = readVariables(variables, { names, configName });
  return {
    config,
    tableName: values[tableName],
    deadLetterUrl: values[deadLetterUrl],
    parkedUrl: values[parkedUrl],
  };
}
