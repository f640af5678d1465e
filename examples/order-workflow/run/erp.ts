import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** What the ERP has done, by the path of the request. */
export type Done = Readonly<Record<'/reservations' | '/charges' | '/lines', readonly unknown[]>>;

/** An ERP that has troubles with the charges of some orders. */
export interface Erp {
  readonly url: string;
  readonly done: Done;
  stop(): Promise<void>;
}

/** By the card with which somebody pays. */
export const CARDS = {
  good: 'good card',
  /** The card is charged, and the connection breaks before the answer. */
  answerLost: 'card whose answer is lost',
  /** The connection breaks before the card is charged, the first time. */
  requestLost: 'card whose request is lost',
  /** As `answerLost`, and the lookup is refused too. */
  unclear: 'card that nobody can look up',
  declined: 'declined card',
} as const;

const LATENCY_MS = 20;

interface Charge {
  readonly key: string;
  readonly card: string;
}

export async function startErp(): Promise<Erp> {
  const done = { '/reservations': [] as unknown[], '/charges': [] as Charge[], '/lines': [] as unknown[] };
  const lost = new Set<string>();

  const charge = (key: string, card: string, response: ServerResponse): void => {
    if (card === CARDS.declined) {
      answer(response, 402, { reason: 'the card was declined' });
      return;
    }
    if (card === CARDS.requestLost && !lost.has(key)) {
      lost.add(key);
      response.socket?.destroy();
      return;
    }
    done['/charges'].push({ key, card });
    if (card === CARDS.answerLost || card === CARDS.unclear) response.socket?.destroy();
    else answer(response, 200, { charged: key });
  };

  const lookUp = (key: string, response: ServerResponse): void => {
    const found = done['/charges'].find((made) => made.key === key);
    if (found?.card === CARDS.unclear) answer(response, 400, { reason: 'lookups of this card are refused' });
    else if (found === undefined) answer(response, 404, { reason: 'there is no such charge' });
    else answer(response, 200, { charged: key });
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://erp.example.com');
    if (request.method === 'GET') {
      lookUp(searchParams.get('idempotencyKey') ?? '', response);
      return;
    }
    const body = (await json(request)) as { readonly card?: string };
    switch (pathname) {
      case '/charges':
        charge(String(request.headers['idempotency-key']), body.card ?? '', response);
        break;
      case '/reservations':
      case '/lines':
        done[pathname].push(body);
        answer(response, 200, { [pathname.slice(1, -1)]: done[pathname].length });
        break;
      default:
        answer(response, 404, { reason: 'there is no such path' });
    }
  };

  const server = createServer((request, response) => {
    setTimeout(() => void serve(request, response), LATENCY_MS);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    done,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
