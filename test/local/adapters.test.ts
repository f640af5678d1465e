import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { OrchestratorConfigInput } from '../../lambdas/core/config/orchestrator-config.js';
import { synthesize } from '../../local/synthesize.js';
import { anHttpServer, type LoopbackServer } from '../support/loopback-server.js';
import { startExecution } from './support/executions.js';
import { type OwnStack, startOwnStack } from './support/own-stack.js';

const common = { effect: 'once', timeoutMs: 5_000 } as const;

const OPERATIONS = {
  findOrder: {
    ...common,
    method: 'GET' as const,
    path: '/orders/{id}',
    query: { lang: '{language}' },
    headers: { 'x-warehouse': '{warehouse}' },
    result: '{ "order": ORDNO, "total": $number(AMT) }',
  },
  printLabel: {
    ...common,
    path: '/cgi-bin/label',
    format: 'form' as const,
    body: '{ "ref": reference, "qty": lines.n }',
  },
  bookOrder: {
    ...common,
    path: '/soap',
    soap: { action: 'urn:erp:Book', namespace: 'urn:erp', element: 'Book' },
    result: '{ "booking": $number(id) }',
  },
} satisfies OrchestratorConfigInput['operations'];

const inAnEnvelope = (content: string) =>
  `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>${content}</e:Body></e:Envelope>`;

/** A legacy API of three generations. It answers with what it was asked. */
function answerOf(url: URL, headers: IncomingMessage['headers'], body: string): [number, string, string] {
  if (url.pathname === '/cgi-bin/label')
    return [200, 'text/plain', `${String(headers['content-type'])} ${body}`];
  if (url.pathname !== '/soap')
    return [
      200,
      'application/json',
      JSON.stringify({
        ORDNO: `${url.pathname}${url.search} ${String(headers['x-warehouse'])}`,
        AMT: '7.50',
      }),
    ];
  if (body.includes('<ref>none</ref>'))
    return [
      500,
      'text/xml',
      inAnEnvelope(
        '<e:Fault><faultcode>e:Client</faultcode><faultstring>no such order</faultstring></e:Fault>',
      ),
    ];
  const asked =
    headers['soapaction'] === '"urn:erp:Book"' &&
    body.includes('<Book xmlns="urn:erp"><ref>A&amp;B</ref></Book>');
  return [
    200,
    'text/xml',
    inAnEnvelope(`<BookResponse xmlns="urn:erp"><id>${asked ? 42 : 0}</id></BookResponse>`),
  ];
}

describe('a legacy API of JSON, forms and SOAP', () => {
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const [status, type, body] = answerOf(
      new URL(request.url ?? '', 'http://x'),
      request.headers,
      await text(request),
    );
    response.writeHead(status, { 'content-type': type }).end(body);
  };
  let server: LoopbackServer;
  let stack: OwnStack;

  beforeAll(async () => {
    server = await anHttpServer((request, response) => void serve(request, response));
    const upstreamUrl = `http://127.0.0.1:${server.port}`;
    stack = await startOwnStack({
      api: { kind: 'forwarded', port: 0, upstreamUrl, limits: [], inFlightMax: 3 },
      synthesize: (directory, baseUrl) =>
        synthesize(directory, { baseUrl, slots: 3, limits: [], operations: OPERATIONS }),
    });
  }, 30_000);

  afterAll(async () => {
    await stack.stop();
    await server.stop();
  });

  const endOf = async (name: string, operation: keyof typeof OPERATIONS, payload: unknown) => {
    const target = { sfn: stack.sfn, stateMachineArn: stack.output('StateMachineArn') };
    await startExecution(target, name, { operation, idempotencyKey: name, payload });
    const { status, output, error, cause } = await stack.ended(name);
    return [status, output ?? error, ...(cause == null ? [] : [cause])];
  };

  it('is asked by path, query and header, and its answer is mapped', async () => {
    const payload = { id: 'a/1', language: 'de', warehouse: 'Z 1' };

    expect(await endOf('json', 'findOrder', payload)).toEqual([
      'SUCCEEDED',
      '{"order":"/orders/a%2F1?lang=de Z 1","total":7.5}',
    ]);
  });

  it('is sent forms', async () => {
    expect(await endOf('form', 'printLabel', { reference: 'A&B', lines: [{ n: 1 }, { n: 2 }] })).toEqual([
      'SUCCEEDED',
      '"application/x-www-form-urlencoded ref=A%26B&qty=1&qty=2"',
    ]);
  });

  it('is called by SOAP', async () => {
    expect(await endOf('soap', 'bookOrder', { ref: 'A&B' })).toEqual(['SUCCEEDED', '{"booking":42}']);
  });

  it('refuses by a fault', async () => {
    expect(await endOf('fault', 'bookOrder', { ref: 'none' })).toEqual([
      'FAILED',
      'LegacyApi.Rejected',
      'status 500: fault Client: no such order',
    ]);
  });

  it('never sees a call that cannot be written', async () => {
    expect(await endOf('unwritable', 'findOrder', { language: 'de' })).toEqual([
      'FAILED',
      'Orchestrator.InvalidRequest',
      'payload.id: missing; the operation needs it',
    ]);
    expect(stack.calls.filter(({ call }) => call.idempotencyKey === 'unwritable')).toEqual([]);
  });
});
