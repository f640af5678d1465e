import type { OperationConfig, OrchestratorConfig } from './orchestrator-config.js';

/** The mappings of one operation, or of its lookup. */
interface Mappings {
  readonly body?: string | undefined;
  readonly result?: string | undefined;
  /** Of lookups. */
  readonly executed?: string | undefined;
}

/** The mappings of every operation that has some. They go into the worker's code: an environment has no room for them. */
export type Expressions = Readonly<Record<string, Mappings & { readonly lookup?: Mappings }>>;

export function expressionsOf({ operations }: OrchestratorConfig): Expressions {
  const entries = Object.entries(operations).map(([name, operation]) => {
    const lookup = mappingsOf(operation.lookup ?? {});
    return [name, { ...mappingsOf(operation), ...(isEmpty(lookup) ? {} : { lookup }) }] as const;
  });
  return Object.fromEntries(entries.filter(([, mappings]) => !isEmpty(mappings)));
}

/** The configuration as it stands in an environment. */
export function withoutExpressions(config: OrchestratorConfig): OrchestratorConfig {
  return withOperations(config, ({ lookup, ...operation }) => ({
    ...without(operation, MAPPINGS),
    ...(lookup === undefined ? {} : { lookup: without(lookup, MAPPINGS) }),
  }));
}

/** The whole configuration again. */
export function withExpressions(config: OrchestratorConfig, expressions: Expressions): OrchestratorConfig {
  return withOperations(config, ({ lookup, ...operation }, name) => {
    const { lookup: ofLookup, ...own } = Object.hasOwn(expressions, name) ? (expressions[name] ?? {}) : {};
    return { ...operation, ...own, ...(lookup === undefined ? {} : { lookup: { ...lookup, ...ofLookup } }) };
  });
}

const MAPPINGS = ['body', 'result', 'executed'] as const;

function without<Value extends object, Name extends PropertyKey>(
  value: Value,
  names: readonly Name[],
): Omit<Value, Name> {
  const kept = Object.entries(value).filter(([name]) => !names.some((other) => other === name));
  return Object.fromEntries(kept) as Omit<Value, Name>;
}

function withOperations(
  config: OrchestratorConfig,
  change: (operation: OperationConfig, name: string) => OperationConfig,
): OrchestratorConfig {
  const operations = Object.create(null) as OrchestratorConfig['operations'];
  for (const [name, operation] of Object.entries(config.operations))
    operations[name] = change(operation, name);
  return { ...config, operations };
}

/** Those that this call has. */
export function mappingsOf(mappings: Mappings): Mappings {
  const given = MAPPINGS.flatMap((name) => (mappings[name] === undefined ? [] : [[name, mappings[name]]]));
  return Object.fromEntries(given) as Mappings;
}

function isEmpty(mappings: object): boolean {
  return Object.keys(mappings).length === 0;
}
