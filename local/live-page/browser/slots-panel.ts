import type { PageState, SlotView } from '../page-state.js';
import { element, reconcile, setAttribute, setText } from './dom.js';
import { clockText, durationText, outcomeText } from './words.js';

/** One line for each place: what its slot does now, and what came of its last call; below, the slots that have died. */
export function showSlots(body: HTMLElement, { slots }: PageState): void {
  reconcile(body, slots, {
    keyOf: ({ place, slotId }) => (place === null ? (slotId ?? '') : String(place)),
    build: ({ place }) =>
      element(
        'tr',
        {},
        element('td', { class: 'number' }, place === null ? '' : String(place)),
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
      setText(last, lastText(slot));
      setAttribute(last, 'data-good', String(slot.last === null || slot.last.outcome === 'succeeded'));
      setText(calls, slot.slotId === null ? '' : String(slot.calls));
    },
  });
}

/** A success goes without saying. */
function lastText({ last }: SlotView): string {
  if (last === null) return '';
  return last.outcome === 'succeeded' ? durationText(last.tookMs) : outcomeText(last.outcome);
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
