import {
  Agent,
  type ClientRequest,
  request as httpRequest,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { JSON_1_0, LOOPBACK, sendText } from './json-http.js';

export interface Backend {
  readonly port: number;
  readonly agent: Agent;
}

export function backendOn(port: number): Backend {
  return { port, agent: new Agent({ keepAlive: true, maxSockets: 256 }) };
}

export interface Forwarded {
  readonly body: string;
  /** Whether the client's signature goes along. It names a Region, and a queue is found in that Region only. */
  readonly signed: boolean;
  readonly rewriteAnswer?: (text: string) => string;
  /**
   * Told of the answer when the client has gone.
   *
   * @default - then the request is broken off instead
   */
  readonly onUnheard?: (text: string) => void;
}

/** Passes one AWS JSON request on and its answer back, both whole, the answer rewritten on the way. */
export function forward(
  backend: Backend,
  incoming: IncomingMessage,
  { body, signed, rewriteAnswer = (text) => text, onUnheard }: Forwarded,
  response: ServerResponse,
): void {
  const outgoing = post(backend, headersFor(incoming, signed), body);
  outgoing.on('response', (answer) => {
    const chunks: Buffer[] = [];
    answer.on('data', (chunk: Buffer) => chunks.push(chunk));
    answer.on('end', () => {
      const contentType = answer.headers['content-type'] ?? JSON_1_0;
      const text = Buffer.concat(chunks).toString('utf8');
      if (response.destroyed) onUnheard?.(text);
      else sendText(response, answer.statusCode ?? 500, contentType, rewriteAnswer(text));
    });
  });
  outgoing.on('error', (error) => {
    const __type = 'com.amazon.coral.service#ServiceUnavailable';
    sendText(response, 503, JSON_1_0, JSON.stringify({ __type, message: error.message }));
  });
  response.on('close', () => {
    if (!response.writableFinished && onUnheard === undefined) outgoing.destroy();
  });
}

/** Sends a request of our own whose answer nobody needs. */
export function tell(backend: Backend, target: string, body: unknown): void {
  const headers = { 'x-amz-target': target, 'content-type': JSON_1_0 };
  const outgoing = post(backend, headers, JSON.stringify(body));
  outgoing.on('response', (answer) => answer.resume());
  outgoing.on('error', () => undefined);
}

function post(backend: Backend, headers: Readonly<Record<string, string>>, body: string): ClientRequest {
  const { port, agent } = backend;
  const length = { 'content-length': Buffer.byteLength(body) };
  const options = { host: LOOPBACK, port, agent, method: 'POST', path: '/' };
  return httpRequest({ ...options, headers: { ...headers, ...length } }).end(body);
}

function headersFor({ headers }: IncomingMessage, signed: boolean): Record<string, string> {
  const passed = ['content-type', 'x-amz-target', 'x-amz-date', ...(signed ? ['authorization'] : [])];
  const kept = passed.flatMap((name) =>
    typeof headers[name] === 'string' ? [[name, headers[name]] as const] : [],
  );
  return Object.fromEntries(kept);
}
