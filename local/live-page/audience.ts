import type { ServerResponse } from 'node:http';

/** Browsers that may listen at once: a forgotten tab each, but no flood. */
const LISTENERS_MAX = 20;

/** A listener that reads slower than this is behind is let go; it connects again by itself. */
const UNREAD_MAX_BYTES = 4_194_304;

/** Browsers that listen to server-sent events. */
export class Audience {
  readonly #responses = new Set<ServerResponse>();

  /** Sends `hello` and everything after it; false where too many listen already. */
  add(response: ServerResponse, hello: string): boolean {
    if (this.#responses.size >= LISTENERS_MAX) return false;
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(hello);
    this.#responses.add(response);
    response.once('close', () => this.#responses.delete(response));
    return true;
  }

  tell(message: string): void {
    for (const response of this.#responses) {
      if (response.writableLength > UNREAD_MAX_BYTES) response.destroy();
      else response.write(message);
    }
  }
}

/** One event as the protocol frames it; JSON has no line break. */
export function eventText(event: string, data: unknown): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
