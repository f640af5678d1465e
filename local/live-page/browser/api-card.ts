import type { PageHello, PageState } from '../page-state.js';
import { ask } from './ask.js';
import { fact } from './class-cards.js';
import { button, element, setAttribute, setText } from './dom.js';
import { durationText, limitInput, numberText } from './words.js';

/** The API and its limit: how close the calls are to it, and what can be done to both. */
export function apiCard(cards: HTMLElement): { greet(hello: PageHello): void; show(state: PageState): void } {
  const figure = element('strong', { class: 'figure' }, '–');
  const unit = element('span', { class: 'unit' });
  const gate = element('p', { class: 'reason' });
  const facts = {
    inFlight: element('dd'),
    fullest: element('dd'),
    refused: element('dd'),
  };
  let slow = false;
  const slower = button('Slow it down', () => void ask({ kind: 'slow', slow: !slow }), {
    'aria-pressed': 'false',
    'data-action': 'slow',
  });
  const refuse = button('Answer 429', () => void ask({ kind: 'refuse' }), {
    'aria-label': 'Answer 429 to every call for 5 seconds',
    'data-action': 'refuse',
  });
  const limit = limitForm();
  cards.append(
    element(
      'section',
      { class: 'panel card', 'data-class': 'API', 'aria-label': 'The API and its limit' },
      element('h2', {}, 'API'),
      element('p', { class: 'headline' }, figure, ' ', unit),
      gate,
      element(
        'dl',
        {},
        fact('In flight', facts.inFlight),
        fact('Fullest window', facts.fullest),
        fact('Refused', facts.refused),
      ),
      element('div', { class: 'buttons' }, slower, refuse),
      limit.form,
    ),
  );
  let permitted: PageHello['permitted'] = null;
  return {
    greet: (hello) => {
      ({ permitted } = hello);
      setText(
        unit,
        permitted === null
          ? 'calls in 1 s'
          : `of ${permitted.calls} calls in ${durationText(permitted.windowMs)}`,
      );
      for (const control of [slower, refuse]) control.disabled = !hello.canDisturbApi;
      if (!hello.canDisturbApi) refuse.title = slower.title = 'only our own API can be told to';
    },
    show: ({ calls, status, latency, refusesUntil }) => {
      ({ slow } = latency);
      setText(figure, numberText(calls.inWindow));
      setText(facts.inFlight, `${calls.inFlight} of ${calls.inFlightMost}`);
      setText(facts.fullest, permitted === null ? '–' : `${calls.fullestWindow ?? 0} of ${permitted.calls}`);
      setText(facts.refused, `${numberText(calls.refused)} of ${numberText(calls.total)}`);
      setText(gate, gateText(status, refusesUntil, latency));
      setText(slower, slow ? 'Back to speed' : 'Slow it down');
      setAttribute(slower, 'aria-pressed', String(slow));
      limit.show(limitInput(status.limits.inForce), status.limits.from !== 'configuration');
    },
  };
}

function gateText(
  { gate, maintenance, at }: PageState['status'],
  refusesUntil: string | null,
  { medianMs }: PageState['latency'],
): string {
  const inText = (until: string | null) =>
    until === null
      ? ''
      : durationText(Math.max(0, Math.ceil((Date.parse(until) - Date.parse(at)) / 1_000) * 1_000));
  const api = refusesUntil === null ? `answers in ${durationText(medianMs)}` : 'answers 429 to everything';
  if (maintenance?.holdsCalls === true)
    return `${api}; maintenance, calls start in ${inText(maintenance.until)}`;
  switch (gate.state) {
    case 'open':
      return `${api}; the gate is open`;
    case 'slowed':
      return `${api}; calls go at ${Math.round(gate.ratio * 100)} % after a refusal`;
    case 'closed':
      return `${api}; the gate opens in ${inText(gate.until)}`;
    case 'breakerOpen':
      return `${api}; the breaker is open, one call tries in ${inText(gate.until)}`;
  }
}

function limitForm() {
  const input = element('input', {
    id: 'limit',
    name: 'limit',
    placeholder: '20/1s',
    autocomplete: 'off',
    spellcheck: 'false',
    size: '7',
  });
  const label = element('label', { for: 'limit' }, 'Our limit');
  const set = element('button', { type: 'submit', 'data-action': 'limit' }, 'Set');
  const reset = button('Reset', () => void ask({ kind: 'limit', limit: 'reset' }), {
    'data-action': 'limit-reset',
    'aria-label': 'Reset the limit to the configured one',
  });
  const form = element('form', { class: 'limit' }, label, input, set, reset);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void ask({ kind: 'limit', limit: input.value });
  });
  let shown = '';
  return {
    form,
    /** What somebody is typing stays. */
    show: (inForce: string, byHand: boolean) => {
      reset.disabled = !byHand;
      if (inForce === shown) return;
      shown = inForce;
      if (document.activeElement !== input) input.value = inForce;
    },
  };
}
