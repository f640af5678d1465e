import { readFileSync } from 'node:fs';
import type { OrchestratorConfigInput } from '../lambdas/core/config/orchestrator-config.js';
import { buildApp, STACK_NAME } from '../infra/build-app.js';
import type { Template } from './cloudformation/template.js';

export interface Synthesized {
  readonly template: Template;
  /** Where the assets are. */
  readonly assemblyDirectory: string;
}

/** Synthesizes the app that deploys, with these settings over its configuration, into `assemblyDirectory`. */
export function synthesize(
  assemblyDirectory: string,
  overrides: Partial<OrchestratorConfigInput>,
): Synthesized {
  const assembly = buildApp({ outdir: assemblyDirectory, overrides }).synth();
  const { templateFullPath } = assembly.getStackByName(STACK_NAME);
  return { template: JSON.parse(readFileSync(templateFullPath, 'utf8')) as Template, assemblyDirectory };
}
