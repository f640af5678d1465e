import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CommandLine } from '../support/command-line.js';

describe('a run that cannot start', () => {
  const started: CommandLine[] = [];
  let occupant: Server;

  beforeAll(async () => {
    occupant = createServer();
    await new Promise<void>((resolve) => occupant.listen(0, '127.0.0.1', resolve));
  });

  afterAll(async () => {
    for (const commandLine of started) commandLine.kill();
    await new Promise((resolve) => occupant.close(resolve));
  });

  async function failureOf(args: readonly string[]): Promise<string> {
    const commandLine = new CommandLine('start', args);
    started.push(commandLine);
    const { code, errors } = await commandLine.ended;
    expect(code).toBe(1);
    expect(commandLine.leftRunning()).toEqual([]);
    return errors;
  }

  it('refuses a port in use, and says what to do', async () => {
    const { port } = occupant.address() as AddressInfo;

    const errors = await failureOf(['--port', String(port)]);

    expect(errors).toContain(`port ${port} on 127.0.0.1 is in use; stop the program that uses it, or choose`);
    expect(errors).not.toMatch(/^ +at /m);
  }, 30_000);

  it('refuses more slots than the limit has calls, in a sentence', async () => {
    const errors = await failureOf(['--port', '0', '--concurrency', '5', '--limit', '2/1s']);

    expect(errors).toContain('limits[0]: 2 calls per 1000 ms leave some of the 5 slots without a call');
    expect(errors).toContain('use at most 2 slots');
    expect(errors).not.toMatch(/^ +at /m);
  }, 30_000);
});
