import type { CalledOperation } from '../../core/config/operation-config.js';
import type { LegacyAdapter } from './adapter.js';
import type { AdapterFor } from './adapted-legacy-api.js';
import { httpAdapter } from './http-adapter.js';
import type { Mapper } from './mapper.js';
import type { SoapAdapter } from './soap-adapter.js';

/** What a worker is built with beside JSON over HTTP: only what its configuration asks for. */
export interface AdapterParts {
  readonly mapper?: Mapper;
  readonly soap?: SoapAdapter;
  /** Modules of `custom`, by name. */
  readonly custom?: Readonly<Record<string, LegacyAdapter>>;
}

/** Each operation's adapter, built when it is first asked for. */
export function adaptersOf(parts: AdapterParts): AdapterFor {
  const known = new WeakMap<CalledOperation, LegacyAdapter>();
  return (operation) => {
    const adapter = known.get(operation) ?? build(operation, parts);
    known.set(operation, adapter);
    return adapter;
  };
}

function build(operation: CalledOperation, { mapper, soap, custom = {} }: AdapterParts): LegacyAdapter {
  if (operation.adapter !== undefined) {
    const adapter = Object.hasOwn(custom, operation.adapter) ? custom[operation.adapter] : undefined;
    if (adapter === undefined)
      throw new Error(`the worker was built without the adapter ${operation.adapter}`);
    return adapter;
  }
  if (operation.soap === undefined) return httpAdapter(operation, mapper);
  if (soap === undefined) throw new Error('the worker was built without SOAP');
  return soap(operation, operation.soap, mapper);
}
