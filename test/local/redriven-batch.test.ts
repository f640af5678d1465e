import { RedriveExecutionCommand } from '@aws-sdk/client-sfn';
import { synthesize } from '../../local/synthesize.js';
import { startExecution } from './support/executions.js';
import { type OwnStack, startOwnStack } from './support/own-stack.js';
import { type Script, type ScriptedApi, startScriptedApi } from './support/scripted-api.js';

const KEYS = ['row-0', 'row-1', 'row-2', 'row-3', 'row-4'];

/** Refused until somebody has corrected what is wrong with them at the API. */
const REFUSED_ONCE = ['row-1', 'row-3'];

const SCRIPTS = Object.fromEntries(
  KEYS.map((key): [string, Script] => [
    key,
    (response, attempt) =>
      attempt === 1 && REFUSED_ONCE.includes(key)
        ? response.writeHead(400).end('{"reason":"no such customer"}')
        : response.writeHead(200).end('{"booked":true}'),
  ]),
);

describe('a batch that bears no failure', () => {
  let api: ScriptedApi;
  let stack: OwnStack;
  let executionArn: string;

  beforeAll(async () => {
    api = await startScriptedApi(SCRIPTS);
    stack = await startOwnStack({
      api: { kind: 'forwarded', port: 0, upstreamUrl: api.url, limits: [], inFlightMax: 2 },
      synthesize: (directory, baseUrl) =>
        synthesize(directory, {
          ...{ baseUrl, limits: [], slots: 2, batchLoad: {} },
          operations: { book: { path: '/bookings', effect: 'once', timeoutMs: 5_000 } },
        }),
    });
    const target = { sfn: stack.sfn, stateMachineArn: stack.output('BatchLoadArn') };
    executionArn = await startExecution(target, 'orders', {
      ...{ operation: 'book', keyField: 'id', maxConcurrency: 1, toleratedFailureCount: 0 },
      items: KEYS.map((id) => ({ id })),
    });
    await stack.ended('orders');
  }, 60_000);

  afterAll(async () => {
    await stack.stop();
    await api.stop();
  });

  const callsOf = (key: string) => api.callsAtMs(key).length;

  async function redrive(nth: number) {
    await stack.sfn.send(new RedriveExecutionCommand({ executionArn }));
    return stack.ended('orders', nth);
  }

  it('stops at the first item that fails', async () => {
    const { status, error } = await stack.ended('orders');

    expect([status, error]).toEqual(['FAILED', 'States.ExceedToleratedFailureThreshold']);
    expect(KEYS.map(callsOf)).toEqual([1, 1, 0, 0, 0]);
  });

  it('goes on with that item at a redrive, and stops at the next that fails', async () => {
    const { status } = await redrive(1);

    expect(status).toBe('FAILED');
    expect(KEYS.map(callsOf)).toEqual([1, 2, 1, 1, 0]);
  }, 60_000);

  it('ends when all have succeeded, each made once after it had failed', async () => {
    const { status, output } = await redrive(2);

    expect(status).toBe('SUCCEEDED');
    expect(JSON.parse(output ?? 'null')).toMatchObject({ total: 5, succeeded: 5, failed: 0 });
    expect(KEYS.map(callsOf)).toEqual([1, 2, 1, 2, 1]);
  }, 60_000);
});
