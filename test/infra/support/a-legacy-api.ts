import type { OrchestratorConfigInput } from '../../../lambdas/core/config/orchestrator-config.js';
import { aConfigInput } from '../../support/a-config.js';

/** A configuration of several slots, with two operations that may be repeated and one that must not. */
export function aLegacyApi(more: Partial<OrchestratorConfigInput> = {}): OrchestratorConfigInput {
  return aConfigInput({
    name: 'legacy-api',
    baseUrl: 'https://legacy.example.com',
    limits: [{ calls: 20, windowMs: 1_000 }],
    slots: 5,
    arrivalJitterMs: 30,
    serviceTimeMaxMs: 10_000,
    operations: {
      createOrder: { path: '/orders', effect: 'idempotent', timeoutMs: 8_000 },
      getOrder: { method: 'GET', path: '/orders', effect: 'idempotent', timeoutMs: 5_000 },
      chargeCard: { path: '/charges', effect: 'once', timeoutMs: 8_000 },
    },
    ...more,
  });
}
