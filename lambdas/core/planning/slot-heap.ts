import type { FetchLead } from '../pacing/fetch-lead.js';

/** A slot as the queueing model sees it. All instants are milliseconds of the model's time. */
export interface ModelSlot {
  /** When it next looks for work. */
  looksMs: number;
  /** Before this it may not start a call. */
  mayStartMs: number;
  /** When its last message is settled. */
  settledMs: number;
  budgetEndMs: number;
  lead: FetchLead;
}

/** The slots that will look for work, the soonest first: a binary heap. */
export class SlotHeap {
  readonly #slots: ModelSlot[] = [];

  /** When the soonest looks; Infinity when none will. */
  get nextMs(): number {
    return this.#slots[0]?.looksMs ?? Infinity;
  }

  push(slot: ModelSlot): void {
    const slots = this.#slots;
    let index = slots.push(slot) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = slots[parent];
      if (above === undefined || above.looksMs <= slot.looksMs) break;
      slots[index] = above;
      index = parent;
    }
    slots[index] = slot;
  }

  pop(): ModelSlot | undefined {
    const slots = this.#slots;
    const first = slots[0];
    const last = slots.pop();
    if (last !== undefined && slots.length > 0) this.#siftDown(last);
    return first;
  }

  #siftDown(slot: ModelSlot): void {
    const slots = this.#slots;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      const [left, right] = [slots[child], slots[child + 1]];
      if (left === undefined) break;
      if (right !== undefined && right.looksMs < left.looksMs) child += 1;
      const below = slots[child];
      if (below === undefined || below.looksMs >= slot.looksMs) break;
      slots[index] = below;
      index = child;
    }
    slots[index] = slot;
  }
}
