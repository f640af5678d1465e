import { readFileSync } from 'node:fs';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A server on the loopback interface, on a free port. */
export interface LoopbackServer {
  readonly port: number;
  /** Connections accepted so far. */
  readonly connections: () => number;
  readonly stop: () => Promise<void>;
}

export function anHttpServer(listener: RequestListener): Promise<LoopbackServer> {
  return listening(createHttpServer({ keepAliveTimeout: 60_000 }, listener));
}

/** A certificate that nobody vouches for, and its key. */
export const SELF_SIGNED = readFileSync(new URL('self-signed.pem', import.meta.url), 'utf8');

export function aTlsServer(listener: RequestListener): Promise<LoopbackServer> {
  return listening(createHttpsServer({ cert: SELF_SIGNED, key: SELF_SIGNED }, listener));
}

/** One that talks to nobody but whom the same certificate vouches for. */
export function aMutualTlsServer(listener: RequestListener): Promise<LoopbackServer> {
  const trusted = { ca: SELF_SIGNED, requestCert: true, rejectUnauthorized: true };
  return listening(createHttpsServer({ cert: SELF_SIGNED, key: SELF_SIGNED, ...trusted }, listener));
}

export function aTcpServer(onConnection: (socket: Socket) => void): Promise<LoopbackServer> {
  return listening(createTcpServer(onConnection));
}

/** A port of the loopback interface on which nobody listens. */
export async function aClosedPort(): Promise<number> {
  const server = await aTcpServer(() => undefined);
  await server.stop();
  return server.port;
}

async function listening(server: Server): Promise<LoopbackServer> {
  const sockets = new Set<Socket>();
  let accepted = 0;
  server.on('connection', (socket: Socket) => {
    accepted += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => accepted,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
