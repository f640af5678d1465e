import { acceptOrchestrators } from '../../infra/configured-orchestrators.js';
import type { OrchestratorConfig } from '../../lambdas/core/config/orchestrator-config.js';
import { ConfigError } from '../../lambdas/core/config/parse-config.js';

/** One of the configured orchestrators, to be run alone. */
export interface ChosenApi {
  readonly config: OrchestratorConfig;
  /** The context in which it is the only one. */
  readonly context: { readonly orchestrators: readonly OrchestratorConfig[] };
}

/** Throws one ConfigError with every fault of every orchestrator, or that none is called so. */
export function chosenApi(name: string, orchestrators: unknown): ChosenApi {
  const accepted = acceptOrchestrators(orchestrators);
  const config = accepted.find((candidate) => candidate.name === name);
  if (config === undefined)
    throw new ConfigError('--api', [
      `${name}: cdk.json has no such orchestrator; expected one of ${accepted.map((known) => known.name).join(', ')}`,
    ]);
  return { config, context: { orchestrators: [config] } };
}
