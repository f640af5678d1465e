import type { PageState, SlotView } from '../page-state.js';
import { element, reconcile, setAttribute, setText } from './dom.js';
import { clockText, durationText, outcomeText } from './words.js';

/** One line for each slot: what it does now, and what came of its last call. */
export function showSlots(body: HTMLElement, { slots }: PageState): void {
  reconcile(body, slots, {
    keyOf: ({ place }) => String(place),
    build: ({ place }) =>
      element(
        'tr',
        {},
        element('td', { class: 'number' }, String(place)),
        element('td', { class: 'now' }, element('span', { class: 'chip' }), element('span')),
        element('td'),
        element('td', { class: 'number' }),
      ),
    update: (row, slot) => {
      const [, now, last, calls] = row.cells;
      if (now === undefined || last === undefined || calls === undefined) return;
      const { activity } = slot;
      setAttribute(now, 'data-activity', activity.kind);
      setAttribute(now, 'data-class', activity.kind === 'calls' ? activity.priority : 'none');
      const [, words] = now.children;
      if (words !== undefined) setText(words, activityText(slot));
      setText(
        last,
        slot.last === null ? '' : `${outcomeText(slot.last.outcome)}, ${durationText(slot.last.tookMs)}`,
      );
      setAttribute(last, 'data-good', String(slot.last === null || slot.last.outcome === 'succeeded'));
      setText(calls, slot.slotId === null ? '' : String(slot.calls));
    },
  });
}

function activityText({ activity }: SlotView): string {
  switch (activity.kind) {
    case 'starts':
      return 'starts';
    case 'waitsOutCrash':
      return `waits until ${clockText(activity.until)}: a slot died`;
    case 'calls':
      return activity.execution;
    case 'holds':
      return 'holds, as the limit asks';
    case 'waitsForGate':
      return 'waits for the gate';
    case 'looks':
      return 'looks for work';
    case 'died':
      return `died; counts until ${clockText(activity.keptUntil)}`;
    case 'free':
      return 'nobody';
  }
}
