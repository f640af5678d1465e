import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { API_NAME, OPERATION } from '../every-door-stack.js';
import type { Door } from './door.js';

/** As many as EventBridge takes at once. */
const ENTRIES_MAX = 10;

/** Events on the default bus. */
export function events(eventBridge: EventBridgeClient): Door {
  return {
    name: 'event',
    ask: async (orders) => {
      const names: string[] = [];
      for (let from = 0; from < orders.length; from += ENTRIES_MAX) {
        const { Entries = [] } = await eventBridge.send(
          new PutEventsCommand({
            Entries: orders.slice(from, from + ENTRIES_MAX).map(({ key, priority }) => ({
              Source: `rate-limited-orchestrator.${API_NAME}`,
              DetailType: 'LegacyCallRequested',
              Detail: JSON.stringify({
                ...{ operation: OPERATION, priority, idempotencyKey: key },
                payload: { reference: key },
              }),
            })),
          }),
        );
        for (const { EventId, ErrorCode, ErrorMessage } of Entries) {
          if (EventId === undefined) throw new Error(`${ErrorCode ?? ''}: ${ErrorMessage ?? ''}`);
          names.push(`event-${EventId}`);
        }
      }
      return names;
    },
  };
}
