import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';

export interface RedisServer {
  readonly port: number;
  stop(): Promise<void>;
}

/** A Redis server of our own, in memory, on a free loopback port; undefined where none is installed. */
export async function startRedis(): Promise<RedisServer | undefined> {
  if (spawnSync('redis-server', ['--version']).error !== undefined) return undefined;
  const port = await freePort();
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const server = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'inherit'] });
  const kill = () => server.kill();
  process.once('exit', kill);
  await ready(server);
  return {
    port,
    stop: async () => {
      const exited = once(server, 'exit');
      process.off('exit', kill);
      kill();
      await exited;
    },
  };
}

async function ready(server: ChildProcess): Promise<void> {
  if (server.stdout === null) throw new Error('redis-server has no output');
  for await (const line of createInterface({ input: server.stdout })) {
    if (line.includes('Ready to accept connections')) break;
  }
  server.stdout.resume();
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
