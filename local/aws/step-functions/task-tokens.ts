import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Randomness } from './randomness.js';
import type { StateError } from './state-error.js';
import type { Data } from './json.js';

/** A task that waits for its callback; each call settles it, or reports that a worker is alive. */
export interface OpenTask {
  succeed(output: Data): void;
  fail(error: StateError): void;
  heartbeat(): void;
}

export type TokenLookup =
  | { readonly kind: 'open'; readonly task: OpenTask }
  | { readonly kind: 'closed' }
  | { readonly kind: 'neverIssued' };

const nonceBytes = 32; // 256 bits: not guessable
const signatureBytes = 16;
const prefix = 'task-token-';
const tokenPattern = new RegExp(`${prefix}[A-Za-z0-9_-]{${((nonceBytes + signatureBytes) * 8) / 6}}`, 'g');

/**
 * Issues task tokens and finds the task that a token resumes, as long as that task is open.
 *
 * Tokens are signed, so a late one is told from a forged one without remembering any: memory is that of the open tasks.
 */
export class TaskTokens {
  readonly #randomness: Randomness;
  readonly #key: Uint8Array;
  readonly #open = new Map<string, OpenTask>();

  constructor(randomness: Randomness) {
    this.#randomness = randomness;
    this.#key = randomness.bytes(32);
  }

  /** A new token, unlike any before; it resumes nothing until it is opened. */
  create(): string {
    const nonce = this.#randomness.bytes(nonceBytes);
    return prefix + Buffer.concat([nonce, this.#sign(nonce)]).toString('base64url');
  }

  open(token: string, task: OpenTask): void {
    this.#open.set(token, task);
  }

  close(token: string): void {
    this.#open.delete(token);
  }

  find(token: string): TokenLookup {
    const task = this.#open.get(token);
    if (task) return { kind: 'open', task };
    return { kind: this.#isIssued(token) ? 'closed' : 'neverIssued' };
  }

  #isIssued(token: string): boolean {
    const bytes = Buffer.from(token.slice(prefix.length), 'base64url');
    if (!token.startsWith(prefix) || bytes.length !== nonceBytes + signatureBytes) return false;
    return timingSafeEqual(this.#sign(bytes.subarray(0, nonceBytes)), bytes.subarray(nonceBytes));
  }

  #sign(nonce: Uint8Array): Uint8Array {
    return createHmac('sha256', this.#key).update(nonce).digest().subarray(0, signatureBytes);
  }
}

/** The text without any task token in it: a token is a credential, and history is for reading. */
export function withoutTaskTokens(text: string): string {
  return text.includes(prefix) ? text.replace(tokenPattern, '***') : text;
}
