import type { IncomingHttpHeaders } from 'node:http';

/** What a request says of where it comes from. */
export interface Origins {
  readonly method: string;
  readonly path: string;
  readonly headers: Pick<IncomingHttpHeaders, 'host' | 'origin' | 'content-type'> &
    Readonly<Record<string, string | readonly string[] | undefined>>;
}

export interface Refusal {
  readonly status: 403 | 405 | 415 | 421;
  readonly reason: string;
}

/**
 * Why a request is none of this page's own; undefined where it is. A website in the same browser can send requests to
 * loopback, with a name of its own that it lets point here (DNS rebinding), so every request must name us as its host,
 * none may come from elsewhere, and one that changes something must prove that it comes from us.
 */
export function refusalOf({ method, path, headers }: Origins, port: number): Refusal | undefined {
  const hosts = ['127.0.0.1', 'localhost', '[::1]'].map((name) => `${name}:${port}`);
  const { host, origin } = headers;
  if (host === undefined || !hosts.includes(host))
    return refusal(421, `this page answers to http://127.0.0.1:${port} alone`);
  const site = headers['sec-fetch-site'];
  // A link from elsewhere may open the page, and nothing but the page.
  const isVisit = method === 'GET' && path === '/' && headers['sec-fetch-mode'] === 'navigate';
  if (site !== undefined && site !== 'same-origin' && site !== 'none' && !isVisit)
    return refusal(403, 'the request comes from another site');
  if (origin !== undefined && origin !== `http://${host}`)
    return refusal(403, 'the request comes from another origin');
  if (method === 'GET' || method === 'HEAD') return undefined;
  if (method !== 'POST') return refusal(405, 'allowed are GET, HEAD and POST');
  if (origin === undefined) return refusal(403, 'the request does not say where it comes from');
  if (headers['content-type'] !== 'application/json') return refusal(415, 'allowed is application/json');
  return undefined;
}

function refusal(status: Refusal['status'], reason: string): Refusal {
  return { status, reason };
}
