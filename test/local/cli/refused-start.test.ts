import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CommandLine } from '../support/command-line.js';

describe('a run that cannot start', () => {
  let occupant: Server;
  let port = 0;
  let onUsedPort: CommandLine;
  let withoutSecrets: CommandLine;
  let pageOnUsedPort: CommandLine;
  let unreachable: CommandLine;

  beforeAll(async () => {
    occupant = createServer();
    await new Promise<void>((resolve) => occupant.listen(0, '127.0.0.1', resolve));
    port = (occupant.address() as AddressInfo).port;
    onUsedPort = new CommandLine('start', ['--port', String(port)]);
    withoutSecrets = new CommandLine('start', ['--port', '0', '--secrets', 'no-such-file.json']);
    pageOnUsedPort = new CommandLine('local', ['--port', '0', '--page-port', String(port)]);
    unreachable = new CommandLine('start', ['--port', '0', '--legacy-url', 'http://127.0.0.1:9/orders']);
    await Promise.all([unreachable.ended, onUsedPort.ended, withoutSecrets.ended, pageOnUsedPort.ended]);
  }, 60_000);

  afterAll(async () => {
    onUsedPort.kill();
    withoutSecrets.kill();
    pageOnUsedPort.kill();
    unreachable.kill();
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

  it('refuses secrets that it cannot read, before anything is made', async () => {
    const { code, errors, output } = await withoutSecrets.ended;

    expect(errors).toContain('no-such-file.json: it cannot be read');
    expect(errors).not.toMatch(/^ +at /m);
    expect([code, output]).toEqual([1, '']);
  });

  it('refuses a legacy API at which nobody listens, before anybody waits for it', async () => {
    const { code, errors } = await unreachable.ended;

    expect(errors).toContain(
      'http://127.0.0.1:9/orders cannot be reached (ECONNREFUSED); start what listens there, or correct --legacy-url',
    );
    expect(errors).not.toMatch(/^ +at /m);
    expect(code).toBe(1);
  });

  it('leaves nothing running', () => {
    expect([
      ...onUsedPort.leftRunning(),
      ...withoutSecrets.leftRunning(),
      ...pageOnUsedPort.leftRunning(),
      ...unreachable.leftRunning(),
    ]).toEqual([]);
  });
});
