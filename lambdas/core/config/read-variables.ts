import { queueUrlVariable } from '../contracts/environment.js';
import type { ByLane } from '../contracts/lane.js';
import type { OrchestratorConfig } from './orchestrator-config.js';
import { ConfigError, parseConfig } from './parse-config.js';
import { byLane, lanesOf } from './tenant-allowance.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** Environment variables, with the configuration in one of them. */
export interface Variables<Name extends string> {
  readonly config: OrchestratorConfig;
  readonly values: Readonly<Record<Name, string>>;
}

/**
 * Reads a function's environment, or throws one ConfigError: with every variable that is missing, or with every fault
 * of the configuration in the variable `configName`.
 */
export function readVariables<Name extends string>(
  variables: Environment,
  { names, configName }: { readonly names: readonly Name[]; readonly configName: string },
): Variables<Name> {
  refuseMissing(variables, [configName, ...names]);
  const values = Object.fromEntries(names.map((name) => [name, variables[name] ?? ''])) as Record<
    Name,
    string
  >;
  return { config: parseConfig(parseJson(variables[configName] ?? '', configName), configName), values };
}

/** Reads the addresses of all queues that this configuration has, or throws one ConfigError with every one that is missing. */
export function readQueueUrls(variables: Environment, config: OrchestratorConfig): ByLane<string> {
  refuseMissing(variables, lanesOf(config).map(queueUrlVariable));
  return byLane(config, (lane) => variables[queueUrlVariable(lane)] ?? '');
}

function refuseMissing(variables: Environment, names: readonly string[]): void {
  const missing = names.filter((name) => (variables[name] ?? '') === '');
  if (missing.length > 0)
    throw new ConfigError(
      'the environment',
      missing.map((name) => `${name}: missing; the stack sets it on the function`),
    );
}

function parseJson(text: string, subject: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Without the parser's own message, which quotes the text.
    throw new ConfigError(subject, ['value: expected JSON; the stack writes it']);
  }
}
