import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Stage } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { expressionsOf } from '../lambdas/core/config/expressions.js';
import { callsOf } from '../lambdas/core/config/operation-config.js';
import type { OrchestratorConfig } from '../lambdas/core/config/orchestrator-config.js';
import { secretsOf } from './worker-secrets.js';

const LAMBDAS = join(import.meta.dirname, '..', 'lambdas');

/** Where the module of an adapter of one's own is. */
export function customAdapterFile(name: string): string {
  return join(LAMBDAS, 'adapters', 'custom', `${name}.ts`);
}

export function isCustomAdapter(name: string): boolean {
  return existsSync(customAdapterFile(name));
}

/**
 * The module with what the worker is built with, besides its handler: written beside the template where the
 * configuration asks for something, and otherwise undefined. So JSONata and XML weigh on nobody who does not use them.
 */
export function workerParts(scope: Construct, config: OrchestratorConfig): string | undefined {
  const parts = partsOf(config);
  if (parts.length === 0) return undefined;
  const outdir = Stage.of(scope)?.outdir;
  if (outdir === undefined)
    throw new Error(`${scope.node.path} is in no stage, so its worker cannot be written`);
  const directory = resolve(outdir, 'workers');
  mkdirSync(directory, { recursive: true });
  const file = join(directory, `${scope.node.addr}.ts`);
  writeFileSync(file, moduleOf(parts));
  return file;
}

interface Part {
  /** Undefined where nothing is imported. */
  readonly statement?: string;
  /** A property of the worker's parts. */
  readonly property: string;
}

function partsOf(config: OrchestratorConfig): readonly Part[] {
  const calls = Object.values(config.operations).flatMap(callsOf);
  const expressions = expressionsOf(config);
  const custom = [...new Set(calls.flatMap(({ adapter }) => (adapter === undefined ? [] : [adapter])))];
  return [
    ...(Object.keys(expressions).length === 0
      ? []
      : [
          named('jsonataMapper', 'mapper', 'adapters/legacy/jsonata-mapper.ts'),
          { property: `expressions: ${JSON.stringify(expressions)}` },
        ]),
    ...(calls.some(({ soap }) => soap !== undefined)
      ? [named('soapAdapter', 'soap', 'adapters/legacy/soap-adapter.ts')]
      : []),
    ...(secretsOf(config).length === 0
      ? []
      : [named('credentialsOf', 'credentials', 'adapters/legacy/secrets-manager.ts')]),
    ...(custom.length === 0 ? [] : customParts(custom)),
    ...(config.resultOffload === undefined
      ? []
      : [named('s3ResultStore', 'resultStore', 'adapters/s3-result-store.ts')]),
  ];
}

function named(exported: string, property: string, file: string): Part {
  return {
    statement: `import { ${exported} } from ${JSON.stringify(join(LAMBDAS, file))};`,
    property: `${property}: ${exported}`,
  };
}

function customParts(names: readonly string[]): readonly Part[] {
  const imports = names.map(
    (name, index) => `import { adapter as custom${index} } from ${JSON.stringify(customAdapterFile(name))};`,
  );
  const properties = names.map((name, index) => `${JSON.stringify(name)}: custom${index}`);
  return [{ statement: imports.join('\n'), property: `custom: { ${properties.join(', ')} }` }];
}

function moduleOf(parts: readonly Part[]): string {
  const statements = parts.flatMap(({ statement }) => (statement === undefined ? [] : [statement]));
  const properties = parts.map(({ property }) => property).join(', ');
  return [...statements, `export const parts = { ${properties} };`, ''].join('\n');
}
