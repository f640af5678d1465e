import { Agent, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { LOOPBACK, sendText } from './json-http.js';

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
}

/**
 * Passes one AWS JSON request on and its answer back, both whole, the answer rewritten on the way. When the client
 * goes away, the request behind is ended too: a long poll that nobody waits for would swallow the next message.
 */
export function forward(
  backend: Backend,
  incoming: IncomingMessage,
  { body, signed, rewriteAnswer = (text) => text }: Forwarded,
  response: ServerResponse,
): void {
  const outgoing = httpRequest({
    host: LOOPBACK,
    port: backend.port,
    agent: backend.agent,
    method: 'POST',
    path: '/',
    headers: headersFor(incoming, body, signed),
  });
  outgoing.on('response', (answer) => {
    const chunks: Buffer[] = [];
    answer.on('data', (chunk: Buffer) => chunks.push(chunk));
    answer.on('end', () => {
      const contentType = answer.headers['content-type'] ?? 'application/x-amz-json-1.0';
      sendText(
        response,
        answer.statusCode ?? 500,
        contentType,
        rewriteAnswer(Buffer.concat(chunks).toString('utf8')),
      );
    });
  });
  outgoing.on('error', (error) => {
    const __type = 'com.amazon.coral.service#ServiceUnavailable';
    sendText(response, 503, 'application/x-amz-json-1.0', JSON.stringify({ __type, message: error.message }));
  });
  response.on('close', () => {
    if (!response.writableFinished) outgoing.destroy();
  });
  outgoing.end(body);
}

function headersFor(
  { headers }: IncomingMessage,
  body: string,
  signed: boolean,
): Record<string, string | number> {
  const passed = ['content-type', 'x-amz-target', 'x-amz-date', ...(signed ? ['authorization'] : [])];
  const kept = passed.flatMap((name) =>
    typeof headers[name] === 'string' ? [[name, headers[name]] as const] : [],
  );
  return { ...Object.fromEntries(kept), 'content-length': Buffer.byteLength(body) };
}
