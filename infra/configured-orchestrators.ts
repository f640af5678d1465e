import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
  OrchestratorConfig,
  OrchestratorConfigInput,
} from '../lambdas/core/config/orchestrator-config.js';
import { ConfigError } from '../lambdas/core/config/parse-config.js';
import { pascalCase } from './pascal-case.js';
import { acceptConfig } from './worker-environment.js';

/**
 * The context of the project's cdk.json, empty where it has none. Throws a ConfigError where the file is not JSON.
 *
 * `cdk` reads the file as well; the planner and the local run have no `cdk`.
 *
 * @param directory of the project. @default - this checkout
 */
export function contextOfCdkJson(
  directory: string = join(import.meta.dirname, '..'),
): Record<string, unknown> {
  const project = parsed(readFileSync(join(directory, 'cdk.json'), 'utf8'));
  const context = isObject(project) ? project['context'] : undefined;
  return isObject(context) ? context : {};
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.replace(/\s+/g, ' ') : String(cause);
    throw new ConfigError('cdk.json', [`it is not JSON: ${why}`], { cause });
  }
}

/**
 * Returns every configuration of the context's list, complete, or throws one ConfigError with every fault of each.
 *
 * @param overrides laid over every configuration before it is checked.
 */
export function acceptOrchestrators(
  value: unknown,
  overrides: Partial<OrchestratorConfigInput> = {},
): readonly OrchestratorConfig[] {
  if (!Array.isArray(value) || value.length === 0)
    throw new ConfigError('the context', [
      'orchestrators: expected a list with a configuration for each legacy API; add one to cdk.json',
    ]);
  const faults: string[] = [];
  const accepted: OrchestratorConfig[] = [];
  for (const [index, entry] of (value as readonly unknown[]).entries()) {
    const subject = `orchestrators[${index}]`;
    try {
      accepted.push(acceptConfig(isObject(entry) ? { ...entry, ...overrides } : entry, subject));
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      faults.push(...error.faults.map((fault) => `${subject}: ${fault}`));
    }
  }
  faults.push(...nameClashes(accepted));
  if (faults.length > 0) throw new ConfigError('the context', faults);
  return accepted;
}

/** Resource names keep no hyphens, so `a-1` and `a1` would be one name there. */
function nameClashes(configs: readonly OrchestratorConfig[]): string[] {
  return configs
    .filter((config, index) =>
      configs.slice(0, index).some((other) => pascalCase(other.name) === pascalCase(config.name)),
    )
    .map(({ name }) => `orchestrators: ${name} names two of them, or differs by hyphens alone; rename one`);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
