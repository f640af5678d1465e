import { PRIORITIES } from '../../../lambdas/core/contracts/priority.js';
import type { PageState } from '../page-state.js';
import { byId, element, reconcile, setAttribute, setText } from './dom.js';
import { isFine, numberText, OUTCOME_NAMES, outcomeText } from './words.js';

/** What came of the calls, by class. */
export function showOutcomes({ outcomes }: PageState): void {
  const head = byId('outcomes-head');
  if (head.children.length === 0)
    head.append(
      element('th', { scope: 'col' }, 'Outcome'),
      ...PRIORITIES.map((priority) =>
        element('th', { scope: 'col', class: 'number', 'data-class': priority }, priority),
      ),
    );
  reconcile(byId('outcomes'), OUTCOME_NAMES, {
    keyOf: (outcome) => outcome,
    build: (outcome) =>
      element(
        'tr',
        {},
        element('th', { scope: 'row' }, outcomeText(outcome)),
        ...PRIORITIES.map(() => element('td', { class: 'number' })),
      ),
    update: (row, outcome) => {
      PRIORITIES.forEach((priority, index) => {
        const cell = row.cells[index + 1];
        const count = outcomes[priority][outcome] ?? 0;
        if (cell === undefined) return;
        setText(cell, numberText(count));
        setAttribute(cell, 'data-tone', count === 0 ? 'none' : isFine(outcome) ? 'plain' : 'bad');
      });
    },
  });
}
