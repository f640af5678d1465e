import type { SlotEvent } from '../../lambdas/core/worker/slot-event.js';

/** An event of a slot as a line of the trace: its name and its values. */
export function describeEvent(slotId: string, event: SlotEvent): string {
  return `${slotId} ${Object.values(event).join(' ')}`;
}
