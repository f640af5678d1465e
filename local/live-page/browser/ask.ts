import type { Action } from '../action.js';
import { byId } from './dom.js';

/** Asks the run to do something, and says what was done, or why not. */
export async function ask(action: Action): Promise<void> {
  const said = byId('said');
  try {
    const response = await fetch('/actions', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(action),
    });
    const answer = (await response.json()) as { readonly done?: string; readonly error?: string };
    said.textContent = answer.done ?? answer.error ?? '';
    said.dataset['kind'] = response.ok ? 'done' : 'error';
  } catch {
    said.textContent = 'the run does not answer: has it been stopped?';
    said.dataset['kind'] = 'error';
  }
}
