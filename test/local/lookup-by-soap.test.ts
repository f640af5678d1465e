import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { OrchestratorConfigInput } from '../../lambdas/core/config/orchestrator-config.js';
import { synthesize } from '../../local/synthesize.js';
import { anHttpServer, type LoopbackServer } from '../support/loopback-server.js';
import { startExecution } from './support/executions.js';
import { type OwnStack, startOwnStack } from './support/own-stack.js';

const soap = { namespace: 'urn:erp', element: 'Find' };

const OPERATIONS = {
  reserve: {
    ...{ path: '/reserve', effect: 'once', timeoutMs: 1_000 },
    lookup: {
      path: '/soap',
      soap,
      body: '{ "reference": idempotencyKey }',
      executed: 'found = "true"',
      result: '{ "reservation": $number(id) }',
    },
  },
} satisfies OrchestratorConfigInput['operations'];

/** Breaks off every call, the first one before it does the work; and tells by SOAP what it did. */
class ForgetfulApi {
  readonly told: string[] = [];
  #done = false;

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = await text(request);
    if (request.url === '/reserve') {
      this.#done = this.told.length > 0;
      this.told.push(this.#done ? 'done' : 'not done');
      response.destroy();
      return;
    }
    const isKnown = this.#done && asked.includes('<reference>order-7</reference>');
    this.told.push(isKnown ? 'found' : 'not found');
    const content = `<FindResponse><found>${isKnown}</found>${isKnown ? '<id>42</id>' : ''}</FindResponse>`;
    response
      .writeHead(200, { 'content-type': 'text/xml' })
      .end(
        `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>${content}</e:Body></e:Envelope>`,
      );
  }
}

describe('a call that is looked up by SOAP', () => {
  const legacyApi = new ForgetfulApi();
  let server: LoopbackServer;
  let stack: OwnStack;

  beforeAll(async () => {
    server = await anHttpServer((request, response) => void legacyApi.serve(request, response));
    const upstreamUrl = `http://127.0.0.1:${server.port}`;
    stack = await startOwnStack({
      api: { kind: 'forwarded', port: 0, upstreamUrl, limits: [], inFlightMax: 1 },
      synthesize: (directory, baseUrl) => {
        const settings = { baseUrl, slots: 1, limits: [], serviceTimeMaxMs: 1_000 };
        return synthesize(directory, { ...settings, operations: OPERATIONS });
      },
    });
  }, 30_000);

  afterAll(async () => {
    await stack.stop();
    await server.stop();
  });

  it('is made again where the answer says that it was not executed, and ends with the result once it was', async () => {
    const target = { sfn: stack.sfn, stateMachineArn: stack.output('StateMachineArn') };
    await startExecution(target, 'order-7', { operation: 'reserve', idempotencyKey: 'order-7', payload: {} });

    const { status, output } = await stack.ended('order-7');

    expect([status, output]).toEqual(['SUCCEEDED', '{"reservation":42}']);
    expect(legacyApi.told).toEqual(['not done', 'not found', 'done', 'found']);
  }, 60_000);
});
