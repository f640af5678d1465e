import { OrchestratorClient, type OrchestratorClientSettings } from 'rate-limited-orchestrator/client';
import { OPERATION } from '../every-door-stack.js';
import type { Door } from './door.js';

/** The TypeScript client, on the SDK. */
export function client(settings: OrchestratorClientSettings): Door {
  const orchestrator = new OrchestratorClient(settings);
  return {
    name: 'TypeScript client',
    ask: async (orders) => {
      const results = await orchestrator.startMany(
        orders.map(({ key, priority }) => ({
          ...{ operation: OPERATION, priority, idempotencyKey: key },
          payload: { reference: key },
        })),
      );
      return results.map((result) => {
        if (result.kind === 'failed') throw result.error;
        return result.call.executionArn.split(':').at(-1) ?? '';
      });
    },
  };
}
