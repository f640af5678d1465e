import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Every server of the local run listens here and nowhere else. */
export const LOOPBACK = '127.0.0.1';

export type JsonObject = Readonly<Record<string, unknown>>;

/** The content type of the AWS JSON protocol. */
export const JSON_1_0 = 'application/x-amz-json-1.0';

/** An AWS API that is served in this process: `target` is `X-Amz-Target`, such as `AWSStepFunctions.StartExecution`. */
export type JsonApi = (
  target: string,
  body: unknown,
) => Promise<{ readonly status: number; readonly body: unknown }>;

/** Far above what any AWS API that we serve accepts (SQS: 1 MiB a batch). */
const BODY_MAX_BYTES = 4_194_304;

export class BodyTooLargeError extends Error {}

/** Reads a whole request body; throws BodyTooLargeError instead of filling the memory. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > BODY_MAX_BYTES)
      throw new BodyTooLargeError(`the request body exceeds ${BODY_MAX_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

export async function readText(request: IncomingMessage): Promise<string> {
  return (await readBody(request)).toString('utf8');
}

export function sendText(response: ServerResponse, status: number, contentType: string, text: string): void {
  if (response.destroyed || response.headersSent) return;
  response.writeHead(status, { 'content-type': contentType, 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

export interface Listener {
  readonly port: number;
  /** Ends every connection, idle or not. */
  close(): Promise<void>;
}

/** Thrown when a port is taken or may not be used; the message says what to do. */
export class PortError extends Error {}

/** Listens on the loopback interface; port 0 takes any free one. `option` is where people choose the port. */
export async function listen(
  port: number,
  onRequest: (request: IncomingMessage, response: ServerResponse) => void,
  option = '--port',
): Promise<Listener> {
  const server = createServer(onRequest);
  // Clients keep connections for long polls and bursts; Node's 5 s would reset them in between.
  server.keepAliveTimeout = 60_000;
  await listening(server, port, option);
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A crowd that connects at once is not turned away before it has been heard; Node's own 511 would be. */
const CONNECTIONS_WAITING_MAX = 4_096;

export async function listening(server: Server, port: number, option = '--port'): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const remedy = `stop the program that uses it, or choose another with ${option} (0 takes any free port)`;
      const reason =
        error.code === 'EADDRINUSE' ? 'is in use' : `cannot be used (${error.code ?? error.message})`;
      reject(new PortError(`port ${port} on ${LOOPBACK} ${reason}; ${remedy}`, { cause: error }));
    });
    server.listen(port, LOOPBACK, CONNECTIONS_WAITING_MAX, () => resolve());
  });
}
