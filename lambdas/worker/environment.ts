import { ConfigError, parseConfig } from '../core/config/parse-config.js';
import type { OrchestratorConfig } from '../core/config/orchestrator-config.js';
import {
  deadLetterUrlVariable,
  queueUrlVariable,
  WORKER_ENVIRONMENT,
} from '../core/contracts/environment.js';
import { type ByPriority, byPriority } from '../core/contracts/priority.js';

export interface WorkerEnvironment {
  readonly config: OrchestratorConfig;
  readonly tableName: string;
  readonly doorbellUrl: string;
  readonly queueUrls: ByPriority<{ readonly queue: string; readonly deadLetterQueue: string }>;
}

/** Reads the worker's environment, or throws one ConfigError that names every variable that is missing. */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): WorkerEnvironment {
  const missing: string[] = [];
  const read = (name: string): string => {
    const value = variables[name] ?? '';
    if (value === '') missing.push(`${name}: missing; the stack sets it on the worker function`);
    return value;
  };
  const configJson = read(WORKER_ENVIRONMENT.config);
  const environment = {
    tableName: read(WORKER_ENVIRONMENT.tableName),
    doorbellUrl: read(WORKER_ENVIRONMENT.doorbellUrl),
    queueUrls: byPriority((priority) => ({
      queue: read(queueUrlVariable(priority)),
      deadLetterQueue: read(deadLetterUrlVariable(priority)),
    })),
  };
  if (missing.length > 0) throw new ConfigError('the environment', missing);
  return { ...environment, config: parseConfig(parseJson(configJson), WORKER_ENVIRONMENT.config) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Without the parser's own message, which quotes the text.
    throw new ConfigError(WORKER_ENVIRONMENT.config, ['value: expected JSON; the stack writes it']);
  }
}
