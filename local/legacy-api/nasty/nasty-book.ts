import type { Arrival } from '../call-book.js';
import type { ApiFault } from './api-faults.js';

/**
 * What a caller got. `none`: no whole answer, or it had gone before it came. `unreadable`: 200 with a body that is not
 * the JSON it claims to be.
 */
export type Told =
  'result' | 'notFound' | 'rejected' | 'throttled' | 'failed' | 'unreadable' | 'oversized' | 'none';

/** One call or lookup in the API's own book. Times are `performance.now()`. */
export interface BookEntry {
  readonly kind: 'call' | 'lookup';
  /** Method and path, without the query. */
  readonly operation: string;
  readonly idempotencyKey: string;
  readonly atMs: number;
  readonly fault: ApiFault | undefined;
  /** The result that this call committed, as JSON text; undefined when it committed none. */
  readonly committed: string | undefined;
  readonly told: Told;
  /** When the caller was told; undefined when it was told nothing. */
  readonly toldAtMs: number | undefined;
}

/** An entry while its call runs. */
export type OpenEntry = { -readonly [field in keyof BookEntry]: BookEntry[field] };

/**
 * What the API really did, by idempotency key, in the order of arrival: the truth that executions are held against.
 *
 * A key of an operation that is safe to repeat is committed once, and repeats get its first result again. Others
 * commit anew with each call: that is the harm a blind repeat does.
 */
export class NastyBook {
  readonly #entries: OpenEntry[] = [];
  readonly #calls = new Map<string, number>();
  readonly #committed = new Map<string, string[]>();

  entries(): readonly BookEntry[] {
    return this.#entries;
  }

  open({ atMs, method, path }: Arrival, kind: BookEntry['kind'], idempotencyKey: string): OpenEntry {
    const operation = `${method} ${path.split('?')[0] ?? ''}`;
    const none = { fault: undefined, committed: undefined, told: 'none', toldAtMs: undefined } as const;
    const entry: OpenEntry = { kind, operation, idempotencyKey, atMs, ...none };
    this.#entries.push(entry);
    return entry;
  }

  /** Which call or lookup of its key this is, from 1. */
  count({ kind, idempotencyKey }: OpenEntry): number {
    const name = `${kind} ${idempotencyKey}`;
    const nth = (this.#calls.get(name) ?? 0) + 1;
    this.#calls.set(name, nth);
    return nth;
  }

  /** Results committed for the key of this entry under its path, the first one first. */
  committed(entry: BookEntry): readonly string[] {
    return this.#committed.get(nameOf(entry)) ?? [];
  }

  commit(entry: OpenEntry, resultJson: string): void {
    entry.committed = resultJson;
    this.#committed.set(nameOf(entry), [...this.committed(entry), resultJson]);
  }
}

/** A lookup is a GET on the path of the operation that it asks about. */
function nameOf({ operation, idempotencyKey }: BookEntry): string {
  return `${operation.split(' ')[1] ?? ''} ${idempotencyKey}`;
}
