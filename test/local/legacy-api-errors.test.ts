import { synthesize } from '../../local/synthesize.js';
import { startExecution } from './support/executions.js';
import { type OwnStack, startOwnStack } from './support/own-stack.js';
import { type Script, type ScriptedApi, startScriptedApi } from './support/scripted-api.js';

const CALL_TIMEOUT_MS = 700;
const RESULT_MAX_BYTES = 262_144;

const ok = '{"done":true}';

const SCRIPTS = {
  refused: (response) => response.writeHead(400).end('{"reason":"no such customer"}'),
  broken: (response) => response.writeHead(500).end(),
  silent: () => undefined,
  cutOff: (response) => response.socket?.destroy(),
  tooLarge: (response) => response.writeHead(200).end(JSON.stringify('x'.repeat(RESULT_MAX_BYTES))),
  recovers: (response, attempt) => response.writeHead(attempt === 1 ? 500 : 200).end(ok),
  busy: (response, attempt) =>
    attempt === 1 ? response.writeHead(503, { 'retry-after': '1' }).end() : response.writeHead(200).end(ok),
} satisfies Record<string, Script>;

describe('the answers of a legacy API that is in trouble', () => {
  let api: ScriptedApi;
  let stack: OwnStack;

  beforeAll(async () => {
    api = await startScriptedApi(SCRIPTS);
    stack = await startOwnStack({
      api: { kind: 'forwarded', port: 0, upstreamUrl: api.url, limits: [], inFlightMax: 3 },
      synthesize: (directory, baseUrl) =>
        synthesize(directory, {
          ...{ baseUrl, slots: 3, limits: [], serviceTimeMaxMs: CALL_TIMEOUT_MS },
          operations: {
            readOrder: { path: '/orders', effect: 'idempotent', timeoutMs: CALL_TIMEOUT_MS },
            chargeCard: { path: '/charges', effect: 'once', timeoutMs: CALL_TIMEOUT_MS },
          },
        }),
    });
  }, 30_000);

  afterAll(async () => {
    await stack.stop();
    await api.stop();
  });

  async function endOf(key: keyof typeof SCRIPTS, operation: 'readOrder' | 'chargeCard') {
    const target = { sfn: stack.sfn, stateMachineArn: stack.output('StateMachineArn') };
    await startExecution(target, key, { operation, idempotencyKey: key, payload: {} });
    const { status, error, cause, output } = await stack.ended(key);
    return { status, error, cause, output, callsAtMs: api.callsAtMs(key) };
  }

  it.each([
    ['refused', 'chargeCard', 'LegacyApi.Rejected', 'status 400: {"reason":"no such customer"}'],
    ['broken', 'chargeCard', 'LegacyApi.OutcomeUnknown', 'status 500; the call may have been executed'],
    ['silent', 'chargeCard', 'LegacyApi.OutcomeUnknown', `no answer within ${CALL_TIMEOUT_MS} ms`],
    ['cutOff', 'chargeCard', 'LegacyApi.OutcomeUnknown', 'the call may have been executed'],
    ['tooLarge', 'readOrder', 'LegacyApi.ResponseTooLarge', `its result exceeds ${RESULT_MAX_BYTES} bytes`],
  ] as const)(
    'end a call that is %s (%s) as %s, and never repeat it',
    async (key, operation, error, cause) => {
      const end = await endOf(key, operation);

      expect(end).toMatchObject({ status: 'FAILED', error, cause: expect.stringContaining(cause) as string });
      expect(end.callsAtMs).toHaveLength(1);
    },
  );

  it('repeat a call that does no harm when the workflow retries it', async () => {
    const { status, output, callsAtMs } = await endOf('recovers', 'readOrder');

    expect([status, output]).toEqual(['SUCCEEDED', ok]);
    expect(callsAtMs).toHaveLength(2);
  }, 15_000);

  it('close the gate for as long as Retry-After says, and then repeat the call', async () => {
    const { status, output, callsAtMs } = await endOf('busy', 'readOrder');

    expect([status, output]).toEqual(['SUCCEEDED', ok]);
    expect(callsAtMs).toHaveLength(2);
    expect((callsAtMs[1] ?? 0) - (callsAtMs[0] ?? 0)).toBeGreaterThan(1_000);
  }, 15_000);
});
