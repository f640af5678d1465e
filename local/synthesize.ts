import { readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
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
  return synthesized(buildApp({ outdir: assemblyDirectory, overrides, context }), STACK_NAME);
}

/** Synthesizes this stack of an app that `build` fills, into `assemblyDirectory`. */
export function synthesizeStack(
  assemblyDirectory: string,
  stackName: string,
  build: (app: App) => unknown,
): Synthesized {
  const app = new App({
    outdir: assemblyDirectory,
    analyticsReporting: false,
    builtinCloudFormationValidation: false,
  });
  build(app);
  return synthesized(app, stackName);
}

function synthesized(app: App, stackName: string): Synthesized {
  const assembly = app.synth();
  const { templateFullPath } = assembly.getStackByName(stackName);
  return {
    template: JSON.parse(readFileSync(templateFullPath, 'utf8')) as Template,
    assemblyDirectory: assembly.directory,
  };
}
