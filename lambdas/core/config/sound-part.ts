import type { BaseIssue } from 'valibot';
import type { OrchestratorConfig } from './orchestrator-config.js';

/** A field is faulty by itself, so that nothing can be said of what it should fit to. */
class UnsoundField extends Error {}

/** A refused configuration, for rules that need only some of it. */
export interface SoundPart {
  /** Reading a faulty field throws, but of operations the sound ones can be read. */
  readonly config: OrchestratorConfig;
  /** The same, where it takes every operation to tell. */
  readonly withEveryOperation: OrchestratorConfig;
}

/** @param value what the schema made of the input: defaults filled in, faulty fields as they came */
export function soundPartOf(value: unknown, issues: readonly BaseIssue<unknown>[]): SoundPart {
  const fields = new Set(issues.map(({ path }) => path?.[0]?.key));
  const operations = new Set(
    issues.flatMap(({ path }) => (path?.[0]?.key === 'operations' ? [path[1]?.key] : [])),
  );
  const withEveryOperation = guarded(value, fields);
  if (!fields.has('operations') || operations.has(undefined))
    return { config: withEveryOperation, withEveryOperation };
  const all = Object.entries((value as Pick<OrchestratorConfig, 'operations'>).operations);
  const sound = Object.fromEntries(all.filter(([name]) => !operations.has(name)));
  const others = new Set([...fields].filter((name) => name !== 'operations'));
  return { config: guarded({ ...Object(value), operations: sound }, others), withEveryOperation };
}

/** What these find, or nothing where they would have to read what is not sound. */
export function ifSound<Found>(find: () => Found): Found | undefined {
  try {
    return find();
  } catch (error) {
    if (error instanceof UnsoundField) return undefined;
    throw error;
  }
}

/** Stands for what cannot be worked out: whoever reads any of it finds nothing. */
export function unknowable(): object {
  return new Proxy({}, { get: unsound });
}

function guarded(value: unknown, faulty: ReadonlySet<unknown>): OrchestratorConfig {
  const get = (target: object, name: string | symbol): unknown =>
    faulty.has(name) || faulty.has(undefined) ? unsound() : Reflect.get(target, name);
  return new Proxy(Object(value) as object, { get }) as OrchestratorConfig;
}

function unsound(): never {
  throw new UnsoundField();
}
