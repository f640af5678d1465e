import type { ExecutionDetails } from '../page-state.js';
import { button, byId, element } from './dom.js';
import { clockText, durationText, outcomeText } from './words.js';

/** Shows the history of one execution, as it stands now. Escape closes, and focus goes back to where it was. */
export async function openDetails(name: string): Promise<void> {
  const dialog = byId('details') as HTMLDialogElement;
  const response = await fetch(`/details?name=${encodeURIComponent(name)}`);
  const body = (await response.json()) as ExecutionDetails | { readonly error: string };
  const close = button('Close', () => dialog.close(), { autofocus: '' });
  dialog.replaceChildren(
    element('div', { class: 'title' }, element('h2', { id: 'details-title' }, name), close),
    ...('error' in body ? [element('p', {}, body.error)] : contents(body)),
  );
  if (!dialog.open) dialog.showModal();
}

function contents({ row, executionArn, cause, attempts, events }: ExecutionDetails): readonly HTMLElement[] {
  const failure = row.error === null ? [] : [element('p', { class: 'bad' }, `${row.error}: ${cause ?? ''}`)];
  return [
    element(
      'p',
      { 'data-class': row.priority },
      element('span', { class: 'chip', 'aria-hidden': 'true' }),
      `${row.priority} ${row.operation}, ${row.called ? `first called for after ${durationText(row.waitedMs)}` : `waiting for ${durationText(row.waitedMs)}`}`,
    ),
    element('p', { class: 'arn' }, executionArn),
    ...failure,
    element('h3', {}, 'Calls'),
    attempts.length === 0
      ? element('p', { class: 'faint' }, 'None yet.')
      : table(
          ['At', 'Outcome', 'Took', ''],
          attempts.map(({ startedAt, outcome, reason, tookMs }) => [
            preciseText(startedAt),
            outcome === null ? 'in flight' : outcomeText(outcome),
            tookMs === null ? '' : durationText(tookMs),
            reason ?? '',
          ]),
        ),
    element('h3', {}, 'History'),
    table(
      ['At', 'Event', 'State', 'Error'],
      events.map(({ at, type, state, error }) => [preciseText(at), type, state ?? '', error ?? '']),
    ),
  ];
}

function table(names: readonly string[], rows: readonly (readonly string[])[]): HTMLElement {
  return element(
    'div',
    { class: 'scroll' },
    element(
      'table',
      {},
      element('thead', {}, element('tr', {}, ...names.map((name) => element('th', { scope: 'col' }, name)))),
      element(
        'tbody',
        {},
        ...rows.map((cells) => element('tr', {}, ...cells.map((cell) => element('td', {}, cell)))),
      ),
    ),
  );
}

/** To the millisecond: events of one execution lie close together. */
function preciseText(iso: string): string {
  return `${clockText(iso)}.${iso.slice(20, 23)}`;
}
