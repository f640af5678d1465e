import {
  Agent as HttpAgent,
  request as httpRequest,
  type ClientRequest,
  type IncomingMessage,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { forwardedHeaders } from './forwarded-headers.js';

/** Below the 5 s after which many servers close an idle connection: a call must not meet a closing one. */
const IDLE_CONNECTION_MAX_MS = 4_000;

/** An upstream silent for so long is given up, or a call it forgot would be in flight for ever. */
const UPSTREAM_SILENCE_MAX_MS = 300_000;

/** Somebody else's API, reached over connections that are kept alive between calls. */
export interface Upstream {
  /** Opens the same call upstream, its body still to be written. */
  open(call: IncomingMessage): UpstreamCall;
  /** Closes every connection, also those in use. */
  close(): void;
}

export interface UpstreamCall {
  readonly request: ClientRequest;
  /** False proves that nothing was sent: no connection came about. */
  mayBeSent(): boolean;
}

/** Takes an http or https URL whose path, if any, is put before every call's; throws a RangeError for any other. */
export function connectUpstream(upstreamUrl: string): Upstream {
  const base = parseBase(upstreamUrl);
  const secure = base.protocol === 'https:';
  const agentOptions = { keepAlive: true, timeout: IDLE_CONNECTION_MAX_MS };
  const agent = secure ? new HttpsAgent(agentOptions) : new HttpAgent(agentOptions);
  const send = secure ? httpsRequest : httpRequest;
  const prefix = base.pathname.replace(/\/$/, '');

  return {
    open: (call) => {
      const request = send(base, {
        agent,
        method: call.method ?? 'GET',
        path: prefix + (call.url ?? '/'),
        headers: { ...forwardedHeaders(call), host: base.host },
        timeout: UPSTREAM_SILENCE_MAX_MS,
      });
      request.once('timeout', () => {
        request.destroy(new Error(`silent for ${UPSTREAM_SILENCE_MAX_MS} ms`));
      });
      return { request, mayBeSent: watchConnection(request, secure ? 'secureConnect' : 'connect') };
    },
    close: () => agent.destroy(),
  };
}

function watchConnection(request: ClientRequest, connected: 'connect' | 'secureConnect'): () => boolean {
  let mayBeSent = false;
  request.once('socket', (socket) => {
    if (request.reusedSocket) mayBeSent = true;
    else socket.once(connected, () => (mayBeSent = true));
  });
  return () => mayBeSent;
}

function parseBase(upstreamUrl: string): URL {
  const base = URL.canParse(upstreamUrl) ? new URL(upstreamUrl) : undefined;
  const allowed = base && /^https?:$/.test(base.protocol) && base.search === '' && base.hash === '';
  if (!allowed) {
    throw new RangeError(
      `the legacy API's URL is invalid: '${upstreamUrl}', allowed are http and https URLs without query or fragment`,
    );
  }
  return base;
}
