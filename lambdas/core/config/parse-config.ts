import * as v from 'valibot';
import { sentences } from '../contracts/faults.js';
import { configFaults } from './config-rules.js';
import { type OrchestratorConfig, orchestratorConfigSchema } from './orchestrator-config.js';
import { ifSound, soundPartOf } from './sound-part.js';

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

/** Finds faults, each a sentence, in a configuration whose fields are sound by themselves. */
export type ConfigCheck = (config: OrchestratorConfig) => readonly string[];

/**
 * Returns the configuration with its defaults filled in, or throws one ConfigError with every fault: those of single
 * fields, and those of fields that do not fit together as far as both are sound.
 *
 * @param checks of those who know more than core does
 */
export function parseConfig(
  input: unknown,
  subject = 'orchestrator configuration',
  checks: readonly ConfigCheck[] = [],
): OrchestratorConfig {
  const { issues = [], output } = v.safeParse(orchestratorConfigSchema, input);
  const part = soundPartOf(output, issues);
  const faults = [
    ...sentences(issues),
    ...configFaults(part.config, part.withEveryOperation),
    ...checks.flatMap((check) => ifSound(() => check(part.config)) ?? []),
  ];
  if (faults.length > 0) throw new ConfigError(subject, faults);
  return output as OrchestratorConfig;
}
