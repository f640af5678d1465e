import type { OrchestratorConfigInput } from '../../../lambdas/core/config/orchestrator-config.js';

/** A sound configuration: two operations that may be repeated, and one that must not. */
export function aConfig(more: Partial<OrchestratorConfigInput> = {}): OrchestratorConfigInput {
  return {
    name: 'legacy-api',
    baseUrl: 'https://legacy.example.com',
    limits: [{ calls: 20, windowMs: 1_000 }],
    slots: 5,
    serviceTimeMaxMs: 10_000,
    operations: {
      createOrder: { path: '/orders', effect: 'idempotent', timeoutMs: 8_000 },
      getOrder: { method: 'GET', path: '/orders', effect: 'idempotent', timeoutMs: 5_000 },
      chargeCard: { path: '/charges', effect: 'once', timeoutMs: 8_000 },
    },
    ...more,
  };
}
