import * as v from 'valibot';
import { sentences } from '../contracts/faults.js';
import { configFaults } from './config-rules.js';
import { type OrchestratorConfig, orchestratorConfigSchema } from './orchestrator-config.js';

/** A configuration was refused: `faults` holds every reason, each a sentence that says what to do. */
export class ConfigError extends Error {
  readonly code = 'CONFIG';
  readonly faults: readonly string[];

  constructor(subject: string, faults: readonly string[], options?: ErrorOptions) {
    super(
      `${subject} has ${faults.length} fault${faults.length === 1 ? '' : 's'}:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
      options,
    );
    this.name = 'ConfigError';
    this.faults = faults;
  }
}

/**
 * Returns the configuration with its defaults filled in, or throws one ConfigError with every fault: first those
 * of single fields and, once each field is sound by itself, those of fields that do not fit together.
 */
export function parseConfig(input: unknown, subject = 'orchestrator configuration'): OrchestratorConfig {
  const result = v.safeParse(orchestratorConfigSchema, input);
  if (!result.success) throw new ConfigError(subject, sentences(result.issues));
  const faults = configFaults(result.output);
  if (faults.length > 0) throw new ConfigError(subject, faults);
  return result.output;
}
