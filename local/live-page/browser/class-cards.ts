import { PRIORITIES, type Priority } from '../../../lambdas/core/contracts/priority.js';
import type { PageHello, PageState } from '../page-state.js';
import { ask } from './ask.js';
import { button, element, setAttribute, setText } from './dom.js';
import { drainText, durationText, numberText } from './words.js';

/** Enough to see something: a burst that overtakes, a load that takes a while. */
const STARTS: Readonly<Record<Priority, number>> = { HIGH: 10, NORMAL: 30, BATCH: 200 };

/** One card for each class: how much waits, for how long, and why. */
export function classCards(cards: HTMLElement): {
  greet(hello: PageHello): void;
  show(state: PageState): void;
} {
  const built = PRIORITIES.map((priority) => classCard(cards, priority));
  return {
    greet: (hello) => built.forEach((card) => card.greet(hello)),
    show: (state) => built.forEach((card) => card.show(state)),
  };
}

function classCard(cards: HTMLElement, priority: Priority) {
  const waiting = element('strong', { class: 'figure' }, '–');
  const facts = {
    inFlight: element('dd'),
    oldest: element('dd'),
    drains: element('dd'),
  };
  const objective = element('span', { class: 'faint' });
  const oldest = element('span');
  facts.oldest.append(oldest, ' ', objective);
  const reason = element('p', { class: 'reason' });
  let paused = false;
  const start = button(
    `Start ${STARTS[priority]}`,
    () => void ask({ kind: 'start', priority, count: STARTS[priority] }),
    { 'aria-label': `Start ${STARTS[priority]} ${priority} executions`, 'data-action': `start-${priority}` },
  );
  const pause = button('Pause', () => void ask({ kind: paused ? 'resume' : 'pause', priority }), {
    'aria-pressed': 'false',
    'aria-label': `Pause ${priority}`,
    'data-action': `pause-${priority}`,
  });
  cards.append(
    element(
      'section',
      { class: 'panel card', 'data-class': priority, 'aria-label': priority },
      element('h2', {}, element('span', { class: 'chip', 'aria-hidden': 'true' }), priority),
      element('p', { class: 'headline' }, waiting, ' ', element('span', { class: 'unit' }, 'waiting')),
      reason,
      element(
        'dl',
        {},
        fact('In flight', facts.inFlight),
        fact('Oldest', facts.oldest),
        fact('Drains in', facts.drains),
      ),
      element('div', { class: 'buttons' }, start, pause),
    ),
  );
  return {
    greet: ({ ageObjectiveMs }: PageHello) => {
      setText(objective, `of ${durationText(ageObjectiveMs[priority])}`);
    },
    show: ({ status, reasonTexts }: PageState) => {
      const figures = status.classes[priority];
      paused = status.paused.includes(priority);
      setText(waiting, numberText(figures.waiting));
      setText(facts.inFlight, numberText(figures.inFlight));
      setText(oldest, figures.oldestMs === null ? '–' : durationText(figures.oldestMs));
      setText(facts.drains, drainText(figures.drain));
      setText(reason, reasonTexts[priority] === null ? '' : `waits ${reasonTexts[priority]}`);
      setText(pause, paused ? 'Resume' : 'Pause');
      setAttribute(pause, 'aria-pressed', String(paused));
      setAttribute(pause, 'aria-label', `${paused ? 'Resume' : 'Pause'} ${priority}`);
    },
  };
}

export function fact(name: string, value: HTMLElement): HTMLDivElement {
  return element('div', {}, element('dt', {}, name), value);
}
