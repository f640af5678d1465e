import type { IncomingMessage, ServerResponse } from 'node:http';
import { BodyTooLargeError, type Listener, listen, LOOPBACK, readText, sendText } from '../aws/json-http.js';
import { ActionError, parseAction, type Action } from './action.js';
import { type Assets, buildAssets } from './assets.js';
import { Audience, eventText } from './audience.js';
import type { ExecutionDetails } from './page-state.js';
import { refusalOf } from './request-guard.js';

/**
 * Nothing but our own files, no inline script or style, nobody may frame the page, and the browser turns no text into
 * markup.
 */
const SECURITY_HEADERS = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};

const JSON_TYPE = 'application/json';

export interface PageServerParts {
  /** 0 takes any free one. */
  readonly port: number;
  /** The first event for a browser that connects. */
  readonly hello: () => unknown;
  readonly perform: (action: Action) => Promise<string>;
  /** Undefined where nobody knows the execution. */
  readonly details: (name: string) => Promise<ExecutionDetails | undefined>;
}

export interface PageServer {
  readonly url: string;
  /** Sends an event to every browser that listens. */
  tell(event: string, data: unknown): void;
  stop(): Promise<void>;
}

/** Serves the page on loopback, to itself alone. */
export async function startPageServer(parts: PageServerParts): Promise<PageServer> {
  const audience = new Audience();
  const assets = await buildAssets();
  const listener: Listener = await listen(
    parts.port,
    (request, response) => {
      serve({ ...parts, audience, assets, port: listener.port }, request, response).catch((error: unknown) =>
        fail(response, error),
      );
    },
    '--page-port',
  );
  return {
    url: `http://${LOOPBACK}:${listener.port}`,
    tell: (event, data) => audience.tell(eventText(event, data)),
    stop: () => listener.close(),
  };
}

async function serve(
  {
    audience,
    assets,
    port,
    ...parts
  }: PageServerParts & {
    readonly audience: Audience;
    readonly assets: Assets;
  },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const { method = 'GET', headers } = request;
  const refusal = refusalOf({ method, path: pathname, headers }, port);
  if (refusal !== undefined) {
    answer(response, refusal.status, { error: refusal.reason });
  } else if (method === 'POST') {
    await act(parts, pathname, request, response);
  } else if (pathname === '/events') {
    if (!audience.add(response, eventText('hello', parts.hello())))
      answer(response, 503, { error: 'too many pages listen; close some' });
  } else if (pathname === '/details') {
    const details = await parts.details(searchParams.get('name') ?? '');
    if (details === undefined) answer(response, 404, { error: 'no execution of this name is known' });
    else answer(response, 200, details);
  } else {
    const asset = assets.get(pathname);
    if (asset === undefined) answer(response, 404, { error: 'there is nothing here' });
    else sendText(response, 200, asset.contentType, asset.text);
  }
}

async function act(
  { perform }: Pick<PageServerParts, 'perform'>,
  pathname: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (pathname !== '/actions') {
    answer(response, 404, { error: 'there is nothing to change here' });
    return;
  }
  try {
    answer(response, 200, { done: await perform(parseAction(await readText(request))) });
  } catch (error) {
    if (!(error instanceof ActionError)) throw error;
    answer(response, 400, { error: error.message });
  }
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  sendText(response, status, JSON_TYPE, JSON.stringify(body));
}

function fail(response: ServerResponse, error: unknown): void {
  const tooLarge = error instanceof BodyTooLargeError;
  const message = error instanceof Error ? error.message : String(error);
  answer(response, tooLarge ? 413 : 500, { error: message });
}
