import { HttpLegacyApi } from '../../lambdas/adapters/http-legacy-api.js';
import { SystemClock } from '../../lambdas/adapters/system-clock.js';
import type {
  OperationConfig,
  OrchestratorConfigInput,
} from '../../lambdas/core/config/orchestrator-config.js';
import type { LegacyRequest } from '../../lambdas/core/outcomes/exchange.js';
import { aConfig, anOperation } from './a-config.js';

/** The HTTP adapter, aimed at a port of the loopback interface. */
export function aLegacyApiAt(port: number, more: Partial<OrchestratorConfigInput> = {}): HttpLegacyApi {
  return new HttpLegacyApi(new SystemClock(), aConfig({ baseUrl: `http://127.0.0.1:${port}`, ...more }));
}

export function aLegacyRequest(
  operation: Partial<OperationConfig> = {},
  payload: unknown = { order: 7 },
): LegacyRequest {
  return { operation: anOperation(operation), idempotencyKey: 'key-1', payload };
}
