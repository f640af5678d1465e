import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CommandLine } from '../support/command-line.js';

describe('a run that cannot start', () => {
  let occupant: Server;
  let port = 0;
  let onUsedPort: CommandLine;
  let withTooManySlots: CommandLine;
  let pageOnUsedPort: CommandLine;

  beforeAll(async () => {
    occupant = createServer();
    await new Promise<void>((resolve) => occupant.listen(0, '127.0.0.1', resolve));
    port = (occupant.address() as AddressInfo).port;
    onUsedPort = new CommandLine('start', ['--port', String(port)]);
    withTooManySlots = new CommandLine('start', ['--port', '0', '--concurrency', '5', '--limit', '2/1s']);
    pageOnUsedPort = new CommandLine('local', ['--port', '0', '--page-port', String(port)]);
    await Promise.all([onUsedPort.ended, withTooManySlots.ended, pageOnUsedPort.ended]);
  }, 60_000);

  afterAll(async () => {
    onUsedPort.kill();
    withTooManySlots.kill();
    pageOnUsedPort.kill();
    await new Promise((resolve) => occupant.close(resolve));
  });

  it('refuses a port in use, and says what to do', async () => {
    const { code, errors } = await onUsedPort.ended;

    expect(errors).toContain(`port ${port} on 127.0.0.1 is in use; stop the program that uses it, or choose`);
    expect(errors).not.toMatch(/^ +at /m);
    expect(code).toBe(1);
  });

  it('refuses a used port of the page, and names the option for it', async () => {
    const { code, errors } = await pageOnUsedPort.ended;

    expect(errors).toContain(`port ${port} on 127.0.0.1 is in use; stop the program that uses it, or choose`);
    expect(errors).toContain('another with --page-port (0 takes any free port)');
    expect(errors).not.toMatch(/^ +at /m);
    expect(code).toBe(1);
  });

  it('refuses more slots than the limit has calls, in a sentence', async () => {
    const { code, errors } = await withTooManySlots.ended;

    expect(errors).toContain('limits[0]: 2 calls per 1000 ms leave some of the 5 slots without a call');
    expect(errors).toContain('use at most 2 slots');
    expect(errors).not.toMatch(/^ +at /m);
    expect(code).toBe(1);
  });

  it('leaves nothing running', () => {
    expect([
      ...onUsedPort.leftRunning(),
      ...withTooManySlots.leftRunning(),
      ...pageOnUsedPort.leftRunning(),
    ]).toEqual([]);
  });
});
