import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Idle connections are closed after this; advertised as `Keep-Alive: timeout=5`, which well-behaved clients heed. */
const KEEP_ALIVE_TIMEOUT_MS = 5_000;

export interface HttpListener {
  readonly url: string;
  /** Closes the port and every connection, also those in the middle of a call. Safe to repeat. */
  stop(): Promise<void>;
}

/** Listens on the loopback interface only. Rejects with the port and the cause when it cannot. */
export async function listenHttp(
  port: number,
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<HttpListener> {
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS }, handle);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => {
      reject(new Error(`cannot listen on 127.0.0.1:${port}, choose another port or 0 for any`, { cause }));
    });
    server.listen(port, '127.0.0.1', resolve);
  });
  const stopped = new Promise<void>((resolve) => server.once('close', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      if (server.listening) server.close();
      server.closeAllConnections();
      await stopped;
    },
  };
}
