import { App } from 'aws-cdk-lib';
import type { OrchestratorConfigInput } from '../lambdas/core/config/orchestrator-config.js';
import { acceptOrchestrators, contextOfCdkJson } from './configured-orchestrators.js';
import { OrchestratorStack } from './orchestrator-stack.js';

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
