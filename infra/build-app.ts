import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import type { OrchestratorConfigInput } from '../lambdas/core/config/orchestrator-config.js';
import { ConfigError } from '../lambdas/core/config/parse-config.js';
import { OrchestratorStack, pascalCase } from './orchestrator-stack.js';
import { acceptConfig } from './worker-environment.js';

export const STACK_NAME = 'rate-limited-orchestrator';

export interface BuildAppProps {
  /** Laid over the context of cdk.json and of the command line. @default - nothing */
  readonly context?: Readonly<Record<string, unknown>>;
  /** Where the templates and assets go. @default - as `cdk` says, or a temporary folder */
  readonly outdir?: string;
  /** Laid over every orchestrator's configuration before it is checked. @default - nothing */
  readonly overrides?: Partial<OrchestratorConfigInput>;
  /** Whether CloudFormation's own rules are checked, which takes seconds. @default false */
  readonly validate?: boolean;
}

/**
 * The app that deploys, with every orchestrator that the context names. `cdk` and the local run both build it here,
 * so what runs locally is what deploys.
 *
 * Throws one ConfigError with every fault of every orchestrator.
 */
export function buildApp(props: BuildAppProps = {}): App {
  const { context = {}, outdir, overrides = {}, validate = false } = props;
  const app = new App({
    ...(outdir === undefined ? {} : { outdir }),
    context: contextOfCdkJson(),
    postCliContext: context,
    analyticsReporting: false,
    builtinCloudFormationValidation: validate,
  });
  const orchestrators = acceptOrchestrators(app.node.tryGetContext('orchestrators'), overrides);
  new OrchestratorStack(app, STACK_NAME, {
    orchestrators,
    description: 'Lets any number of Step Functions workflows share an API that cannot keep up.',
  });
  return app;
}

/** `cdk` reads the file as well, and what it was told on its command line wins. */
function contextOfCdkJson(): Record<string, unknown> {
  const file = join(import.meta.dirname, '..', 'cdk.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly context: Record<string, unknown> }).context;
}

function acceptOrchestrators(
  value: unknown,
  overrides: Partial<OrchestratorConfigInput>,
): readonly OrchestratorConfigInput[] {
  if (!Array.isArray(value) || value.length === 0)
    throw new ConfigError('the context', [
      'orchestrators: expected a list with a configuration for each legacy API; add one to cdk.json',
    ]);
  const faults: string[] = [];
  const accepted: OrchestratorConfigInput[] = [];
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
function nameClashes(configs: readonly OrchestratorConfigInput[]): string[] {
  return configs
    .filter((config, index) =>
      configs.slice(0, index).some((other) => pascalCase(other.name) === pascalCase(config.name)),
    )
    .map(({ name }) => `orchestrators: ${name} names two of them, or differs by hyphens alone; rename one`);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
