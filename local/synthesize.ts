import { readFileSync } from 'node:fs';
import type { App } from 'aws-cdk-lib';
import type { OrchestratorConfigInput } from '../lambdas/core/config/orchestrator-config.js';
import { buildApp, STACK_NAME } from '../infra/build-app.js';
import type { Template } from './cloudformation/template.js';

export interface Synthesized {
  readonly template: Template;
  /** Where the assets are. */
  readonly assemblyDirectory: string;
}

/**
 * Synthesizes the app that deploys, with these settings over its configuration, into `assemblyDirectory`.
 *
 * @param context laid over that of cdk.json
 */
export function synthesize(
  assemblyDirectory: string,
  overrides: Partial<OrchestratorConfigInput>,
  context: Readonly<Record<string, unknown>> = {},
): Synthesized {
  return synthesizeApp(buildApp({ outdir: assemblyDirectory, overrides, context }), STACK_NAME);
}

/** Synthesizes this stack of any app into the app's own directory. */
export function synthesizeApp(app: App, stackName: string): Synthesized {
  const assembly = app.synth();
  const { templateFullPath } = assembly.getStackByName(stackName);
  return {
    template: JSON.parse(readFileSync(templateFullPath, 'utf8')) as Template,
    assemblyDirectory: assembly.directory,
  };
}
