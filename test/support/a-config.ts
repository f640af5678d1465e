import type {
  OperationConfig,
  OrchestratorConfig,
  OrchestratorConfigInput,
} from '../../lambdas/core/config/orchestrator-config.js';
import { parseConfig } from '../../lambdas/core/config/parse-config.js';

/** A sound configuration as people write it: one slot that may start a call per second, two operations. */
export function aConfigInput(more: Partial<OrchestratorConfigInput> = {}): OrchestratorConfigInput {
  return {
    name: 'erp',
    baseUrl: 'https://erp.example.com/api',
    limits: [{ calls: 1, windowMs: 1_000 }],
    slots: 1,
    arrivalJitterMs: 0,
    serviceTimeMaxMs: 5_000,
    operations: {
      getOrder: { path: '/orders', effect: 'idempotent', timeoutMs: 3_000 },
      bookOrder: { path: '/bookings', effect: 'once', timeoutMs: 3_000 },
    },
    ...more,
  };
}

/** The same with every default filled in. */
export function aConfig(more: Partial<OrchestratorConfigInput> = {}): OrchestratorConfig {
  return parseConfig(aConfigInput(more));
}

/** One operation with every default filled in. */
export function anOperation(more: Partial<OperationConfig> = {}): OperationConfig {
  return {
    method: 'POST',
    path: '/orders',
    effect: 'idempotent',
    timeoutMs: 3_000,
    retryableStatuses: [],
    ...more,
  };
}
