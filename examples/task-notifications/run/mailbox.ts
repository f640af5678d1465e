import { setTimeout as sleep } from 'node:timers/promises';
import type { AppRunEvents } from '../../../local/app-run.js';

/** A mail as the mail API saw it. Times are `performance.now()`. */
export interface SentMail {
  readonly key: string;
  readonly atMs: number;
}

const LOOK_AGAIN_AFTER_MS = 50;

/** Every mail that reached the mail API, in the order of their arrival. */
export class Mailbox {
  readonly #mails: SentMail[] = [];

  readonly onCall: AppRunEvents['onCall'] = ({ kind, call }) => {
    if (kind !== 'executed') return;
    this.#mails.push({ key: call.idempotencyKey ?? 'none', atMs: call.atMs });
  };

  get mails(): readonly SentMail[] {
    return this.#mails;
  }

  /** Mails whose key begins so. */
  about(prefix: string): readonly SentMail[] {
    return this.#mails.filter(({ key }) => key.startsWith(prefix));
  }

  /** Resolves once so many mails have a key that begins so; throws after `withinMs`. */
  async arrived(prefix: string, count: number, withinMs: number): Promise<void> {
    const untilMs = performance.now() + withinMs;
    while (this.about(prefix).length < count) {
      if (performance.now() > untilMs)
        throw new Error(
          `${this.about(prefix).length} of ${count} mails ${prefix}* arrived in ${withinMs} ms`,
        );
      await sleep(LOOK_AGAIN_AFTER_MS);
    }
  }
}
