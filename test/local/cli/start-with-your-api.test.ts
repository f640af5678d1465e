import { createServer, type Server } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import type { Report } from '../../../local/load/report.js';
import { type Ended, runToEnd } from '../support/command-line.js';
import { type Scratch, scratch } from '../support/scratch.js';

describe("npm start with somebody else's API", () => {
  const refused = 2;
  const calls: { readonly line: string; readonly key: unknown; readonly body: unknown }[] = [];
  let server: Server;
  let files: Scratch;
  let ended: Ended;
  let report: Report;

  beforeAll(async () => {
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { method = '', url = '', headers } = request;
        const body = JSON.parse(Buffer.concat(chunks).toString()) as unknown;
        calls.push({ line: `${method} ${url}`, key: headers['idempotency-key'], body });
        if (calls.length <= refused) response.writeHead(429, { 'retry-after': '1' }).end();
        else response.writeHead(201, { 'content-type': 'application/json' }).end('{"accepted":true}');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    files = await scratch();
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/orders`;
    const api = ['--legacy-url', url, '--legacy-method', 'PUT'];
    ended = await runToEnd('start', [
      ...api,
      '--calls',
      '12',
      '--port',
      '0',
      '--report',
      files.file('report'),
    ]);
    report = JSON.parse(await readFile(files.file('report'), 'utf8')) as Report;
  }, 30_000);

  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await files.remove();
  });

  it('calls exactly the address and method it was given, with a JSON payload and a key', () => {
    expect(new Set(calls.map(({ line }) => line))).toEqual(new Set(['PUT /v1/orders']));
    expect(calls.map(({ key }) => key)).toContain('high-00001');
    expect(calls.map(({ body }) => body)).toContainEqual({ reference: 'high-00001' });
  });

  it('still ends every execution', () => {
    expect(report.executions).toEqual({ started: 12, succeeded: 12, failed: 0, open: 0 });
  });

  it('counts its 429 answers and fails because of them', () => {
    expect(report.legacyApi).toMatchObject({ calls: 12 + refused, responses429: refused });
    expect(ended.output).toContain(`FAILED: the legacy API answered 429 to ${refused} calls`);
    expect(ended.output).not.toContain('OK:');
    expect(ended.code).toBe(1);
  });
});
