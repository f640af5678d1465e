import type { ExecutionCounts, ExecutionRow, PageState } from '../page-state.js';
import { openDetails } from './details-dialog.js';
import { button, byId, element, reconcile, setAttribute, setText } from './dom.js';
import { clockText, durationText, numberText } from './words.js';

const FILTERS = ['All', 'Waiting', 'Calling', 'Ended', 'Failed'] as const;
type Filter = (typeof FILTERS)[number];

const PHASE_TEXT: Readonly<Record<ExecutionRow['phase'], string>> = {
  waiting: 'waits',
  calling: 'calls',
  betweenCalls: 'between calls',
  succeeded: 'succeeded',
  failed: 'failed',
  timedOut: 'timed out',
  stopped: 'stopped',
};

const SHOWN_MAX = 60;

/** The executions started last, as many as are of use; each opens its history. */
export function executionsPanel(): { show(state: PageState): void } {
  let filter: Filter = 'All';
  let rows: readonly ExecutionRow[] = [];
  let counts: ExecutionCounts | undefined;
  const buttons = FILTERS.map((name) =>
    button(
      name,
      () => {
        filter = name;
        draw();
      },
      { 'data-filter': name },
    ),
  );
  byId('filters').append(...buttons);
  const draw = () => {
    for (const one of buttons) setAttribute(one, 'aria-pressed', String(one.dataset['filter'] === filter));
    const fitting = rows.filter((row) => fits(row, filter));
    const shown = fitting.slice(0, SHOWN_MAX);
    setText(byId('executions-shown'), countsText(counts));
    byId('no-rows').hidden = shown.length > 0;
    reconcile(byId('rows'), shown, { keyOf: ({ name }) => name, build: buildRow, update: updateRow });
  };
  draw();
  return {
    show: (state) => {
      ({ rows, executions: counts } = state);
      draw();
    },
  };
}

function countsText(counts: ExecutionCounts | undefined): string {
  if (counts === undefined) return '';
  const { started, running, succeeded, failed } = counts;
  return `${numberText(started)} started: ${numberText(running)} run, ${numberText(succeeded)} succeeded, ${numberText(failed)} failed`;
}

function fits({ phase }: ExecutionRow, filter: Filter): boolean {
  switch (filter) {
    case 'All':
      return true;
    case 'Waiting':
      return phase === 'waiting' || phase === 'betweenCalls';
    case 'Calling':
      return phase === 'calling';
    case 'Ended':
      return phase === 'succeeded' || isFailure(phase);
    case 'Failed':
      return isFailure(phase);
  }
}

function isFailure(phase: ExecutionRow['phase']): boolean {
  return phase === 'failed' || phase === 'timedOut' || phase === 'stopped';
}

function buildRow({ name, priority, startedAt }: ExecutionRow): HTMLTableRowElement {
  const open = button(name, () => void openDetails(name), { class: 'link', 'aria-haspopup': 'dialog' });
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }, open),
    element(
      'td',
      { 'data-class': priority },
      element('span', { class: 'chip', 'aria-hidden': 'true' }),
      priority,
    ),
    element('td'),
    element('td', { class: 'number' }, clockText(startedAt)),
    element('td', { class: 'number' }),
    element('td', { class: 'number' }),
    element('td', { class: 'number' }),
  );
}

function updateRow(row: HTMLTableRowElement, execution: ExecutionRow): void {
  const { phase, error, waitedMs, tookMs, calls } = execution;
  const [, , state, , waited, took, count] = row.cells;
  if (!state || !waited || !took || !count) return;
  setText(state, error === null ? PHASE_TEXT[phase] : `${PHASE_TEXT[phase]}: ${error}`);
  setAttribute(state, 'data-phase', phase);
  setText(waited, durationText(waitedMs));
  setText(took, tookMs === null ? '' : durationText(tookMs));
  setText(count, String(calls));
}
