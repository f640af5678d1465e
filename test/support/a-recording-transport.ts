import { AdaptedLegacyApi } from '../../lambdas/adapters/legacy/adapted-legacy-api.js';
import { type AdapterParts, adaptersOf } from '../../lambdas/adapters/legacy/adapters.js';
import type { Credentials } from '../../lambdas/adapters/legacy/credentials.js';
import { jsonataMapper } from '../../lambdas/adapters/legacy/jsonata-mapper.js';
import { soapAdapter } from '../../lambdas/adapters/legacy/soap-adapter.js';
import type { WireRequest } from '../../lambdas/adapters/legacy/transport.js';
import type { CalledOperation } from '../../lambdas/core/config/operation-config.js';
import type { Exchange } from '../../lambdas/core/outcomes/exchange.js';
import { anOperation } from './a-config.js';
import { answered } from './scripted-legacy-api.js';

/** What one call wrote, and what was made of its answer. */
export interface Recorded {
  /** Empty where the call could not be prepared. */
  readonly wires: readonly WireRequest[];
  readonly faults: readonly string[];
  readonly exchange: Exchange | undefined;
}

export interface Scene {
  readonly operation?: Partial<CalledOperation>;
  readonly payload?: unknown;
  readonly answer?: Exchange;
  readonly baseUrl?: string;
  readonly parts?: AdapterParts;
  readonly credentials?: Credentials;
}

/** Makes one call through the adapters, with everything that a worker can be built with, and no network. */
export async function recordedCall(scene: Scene = {}): Promise<Recorded> {
  const { operation = {}, payload, answer = answered(200), baseUrl = 'https://erp.example.com/api' } = scene;
  const wires: WireRequest[] = [];
  const transport = {
    exchange: (wire: WireRequest) => {
      wires.push(wire);
      return Promise.resolve({ exchange: answer, sentAtMs: 1 });
    },
  };
  const parts = { mapper: jsonataMapper, soap: soapAdapter, ...scene.parts };
  const legacyApi = new AdaptedLegacyApi(transport, { baseUrl }, adaptersOf(parts), scene.credentials);
  const request = { operation: anOperation(operation), idempotencyKey: 'key-1', payload };
  const prepared = await legacyApi.prepare(request);
  if (prepared.kind !== 'ready')
    return {
      wires,
      faults: prepared.kind === 'invalid' ? prepared.faults : [prepared.reason],
      exchange: undefined,
    };
  const { exchange } = await prepared.call();
  return { wires, faults: [], exchange };
}

/** What a call wrote. Throws where it could not be prepared. */
export async function wireOf(
  payload: unknown,
  operation: Partial<CalledOperation> = {},
  baseUrl?: string,
): Promise<WireRequest> {
  const { wires, faults } = await recordedCall({
    payload,
    operation,
    ...(baseUrl === undefined ? {} : { baseUrl }),
  });
  const [wire] = wires;
  if (wire === undefined) throw new Error(faults.join('; '));
  return wire;
}
