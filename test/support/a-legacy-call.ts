import { AdaptedLegacyApi } from '../../lambdas/adapters/legacy/adapted-legacy-api.js';
import { type AdapterParts, adaptersOf } from '../../lambdas/adapters/legacy/adapters.js';
import { HttpTransport } from '../../lambdas/adapters/legacy/http-transport.js';
import { SystemClock } from '../../lambdas/adapters/system-clock.js';
import type {
  OperationConfig,
  OrchestratorConfigInput,
} from '../../lambdas/core/config/orchestrator-config.js';
import type { LegacyAnswer, LegacyRequest } from '../../lambdas/core/outcomes/exchange.js';
import type { LegacyApi } from '../../lambdas/core/ports.js';
import { aConfig, anOperation } from './a-config.js';

/** A legacy API whose calls are made as soon as they are prepared. */
export interface CallableApi extends LegacyApi {
  /** Throws where the call cannot be prepared. */
  call(request: LegacyRequest): Promise<LegacyAnswer>;
}

/** The HTTP adapter, aimed at a port of the loopback interface. */
export function aLegacyApiAt(
  port: number,
  more: Partial<OrchestratorConfigInput> = {},
  parts: AdapterParts = {},
): CallableApi {
  const config = aConfig({ baseUrl: `http://127.0.0.1:${port}`, ...more });
  return callable(
    new AdaptedLegacyApi(new HttpTransport(new SystemClock(), config), config, adaptersOf(parts)),
  );
}

export function callable(legacyApi: LegacyApi): CallableApi {
  return {
    prepare: (request) => legacyApi.prepare(request),
    call: async (request) => {
      const prepared = await legacyApi.prepare(request);
      if (prepared.kind !== 'ready') throw new Error(JSON.stringify(prepared));
      return prepared.call();
    },
  };
}

export function aLegacyRequest(
  operation: Partial<OperationConfig> = {},
  payload: unknown = { order: 7 },
): LegacyRequest {
  return { operation: anOperation(operation), idempotencyKey: 'key-1', payload };
}
