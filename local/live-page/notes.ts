import type { Note } from './page-state.js';

const NOTES_MAX = 40;

/** What happened lately that a person wants to know: the newest first, and nothing twice in a row within a second. */
export class Notes {
  #notes: readonly Note[] = [];
  #lastId = 0;

  get all(): readonly Note[] {
    return this.#notes;
  }

  add(kind: Note['kind'], text: string): void {
    const nowMs = Date.now();
    const [last] = this.#notes;
    if (last?.text === text && nowMs - Date.parse(last.at) < 1_000) return;
    this.#lastId += 1;
    const note = { id: this.#lastId, at: new Date(nowMs).toISOString(), kind, text };
    this.#notes = [note, ...this.#notes].slice(0, NOTES_MAX);
  }
}
