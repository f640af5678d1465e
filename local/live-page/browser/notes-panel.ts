import type { Note, PageState } from '../page-state.js';
import { element, reconcile } from './dom.js';
import { clockText } from './words.js';

/** What people did and the run went through, the newest first. */
export function showNotes(list: HTMLElement, { notes }: PageState): void {
  reconcile<Note, HTMLLIElement>(list, notes, {
    keyOf: ({ id }) => String(id),
    build: ({ at, kind, text }) =>
      element(
        'li',
        { 'data-kind': kind },
        element('time', { datetime: at }, clockText(at)),
        element('span', {}, text),
      ),
    update: () => undefined,
  });
}
