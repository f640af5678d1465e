import jsonata from 'jsonata';
import { expressionsOf } from '../lambdas/core/config/expressions.js';
import type { OrchestratorConfig } from '../lambdas/core/config/orchestrator-config.js';
import { isCustomAdapter } from './worker-parts.js';

/** What only the libraries and the files of this checkout can tell of a configuration: every fault, as a sentence. */
export function adapterFaults(config: OrchestratorConfig): readonly string[] {
  const mappings = Object.entries(expressionsOf(config)).flatMap(([name, { lookup = {}, ...own }]) => [
    ...mappingFaults(`operations.${name}`, own),
    ...mappingFaults(`operations.${name}.lookup`, lookup),
  ]);
  const adapters = Object.entries(config.operations).flatMap(([name, { adapter, lookup }]) => [
    ...missingAdapter(`operations.${name}.adapter`, adapter),
    ...missingAdapter(`operations.${name}.lookup.adapter`, lookup?.adapter),
  ]);
  return [...mappings, ...adapters];
}

function missingAdapter(where: string, adapter: string | undefined): readonly string[] {
  return adapter === undefined || isCustomAdapter(adapter)
    ? []
    : [
        `${where}: there is no lambdas/adapters/custom/${adapter}.ts; write it with: npx rlo new-adapter ${adapter}`,
      ];
}

function mappingFaults(where: string, mappings: object): readonly string[] {
  return (Object.entries(mappings) as [string, string][]).flatMap(([field, expression]) => {
    const fault = parseFault(expression);
    return fault === undefined ? [] : [`${where}.${field}: expected a JSONata expression, but ${fault}`];
  });
}

function parseFault(expression: string): string | undefined {
  try {
    jsonata(expression);
    return undefined;
  } catch (error) {
    const { message, position } = error as { readonly message: string; readonly position?: number };
    return `${message}${position === undefined ? '' : ` at character ${position}`}`;
  }
}
