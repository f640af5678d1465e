import { join } from 'node:path';
import { Architecture, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import {
  type BundlingOptions,
  LogLevel,
  type NodejsFunctionProps,
  OutputFormat,
} from 'aws-cdk-lib/aws-lambda-nodejs';

const PROJECT = join(import.meta.dirname, '..');

/**
 * One CommonJS file, which loads about a tenth sooner than ESM (48 against 54 ms, Node 20 on x64). No source map,
 * because Node reads it at each cold start, for a fifth more, and what is expected to fail says so in a sentence.
 */
const BUNDLING: Omit<BundlingOptions, 'esbuildArgs'> = {
  format: OutputFormat.CJS,
  mainFields: ['module', 'main'],
  minify: true,
  sourceMap: false,
  // Lambda's own copy of the SDK changes under a function that nobody deployed.
  bundleAwsSDK: true,
  logLevel: LogLevel.WARNING,
};

const REPLACED = {
  // A fifth of the bundle otherwise: sources of credentials that Lambda does not have.
  '@aws-sdk/credential-provider-node': join(PROJECT, 'lambdas/adapters/environment-credentials.ts'),
  '@smithy/core/event-streams': join(PROJECT, 'lambdas/adapters/no-event-streams.ts'),
};

/**
 * What all our functions have in common. `name` is the folder under `lambdas` with its handler, `replaced` are files that
 * take the place of modules.
 */
export function nodeFunction(name: string, replaced: Readonly<Record<string, string | undefined>> = {}) {
  const files: Readonly<Record<string, string | undefined>> = { ...REPLACED, ...replaced };
  const aliases = Object.entries(files).flatMap(([module, file]) =>
    file === undefined ? [] : [[`--alias:${module}`, file] as const],
  );
  return {
    entry: join(PROJECT, 'lambdas', name, 'handler.ts'),
    handler: 'handler',
    projectRoot: PROJECT,
    // It must exist, and is read only where modules are left out of a bundle. npm packs no lock file, but this one.
    depsLockFilePath: join(PROJECT, 'package.json'),
    bundling: { ...BUNDLING, esbuildArgs: Object.fromEntries(aliases) },
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    tracing: Tracing.ACTIVE,
  } satisfies NodejsFunctionProps;
}
