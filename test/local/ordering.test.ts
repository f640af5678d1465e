import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { synthesize } from '../../local/synthesize.js';
import { workerOf } from '../../local/worker-of.js';
import { eventually } from './support/eventually.js';
import { startExecution } from './support/executions.js';
import { type OwnStack, startOwnStack } from './support/own-stack.js';
import { type Script, type ScriptedApi, startScriptedApi } from './support/scripted-api.js';

const CUSTOMERS = ['a', 'b', 'c', 'd', 'e'] as const;
const CALLS_EACH = 12;
const SLOTS = 3;
const CALL_TIMEOUT_MS = 1_000;
const LATENCY_MS = 40;

/** What goes wrong with the first attempt at these calls. */
const TROUBLE: Readonly<Record<string, (response: ServerResponse) => void>> = {
  'a/02': (response) => response.writeHead(429, { 'retry-after': '1' }).end(),
  'b/03': (response) => response.writeHead(500).end(),
  'c/04': (response) => response.socket?.destroy(),
};

/** A worker is killed once so many calls have come. */
const KILLED_AFTER = 15;

/** Without the visibility timeout that a kill costs, and the sweeper after it, all is over in some ten seconds. */
const PATIENCE_MS = 150_000;

describe('calls that keep the order of their key', () => {
  const names = Array.from({ length: CALLS_EACH }, (_, index) =>
    CUSTOMERS.map((customer) => `${customer}/${String(index + 1).padStart(2, '0')}`),
  );
  const arrived: string[] = [];
  const atOnce = new Map<string, number>();
  let ofOneKeyMost = 0;
  let ofAllMost = 0;
  let api: ScriptedApi;
  let stack: OwnStack;
  let killed: boolean | undefined;

  beforeAll(async () => {
    api = await startScriptedApi(Object.fromEntries(names.flat().map((name) => [name, scriptOf(name)])));
    stack = await startOwnStack({
      api: { kind: 'forwarded', port: 0, upstreamUrl: api.url, limits: [], inFlightMax: SLOTS },
      synthesize: (directory, baseUrl) =>
        synthesize(directory, {
          ...{ baseUrl, slots: SLOTS, limits: [], serviceTimeMaxMs: CALL_TIMEOUT_MS, ordering: 'perKey' },
          operations: { update: { path: '/customers', effect: 'idempotent', timeoutMs: CALL_TIMEOUT_MS } },
        }),
    });
    const target = { sfn: stack.sfn, stateMachineArn: stack.output('StateMachineArn') };
    for (const round of names) {
      for (const name of round) {
        const input = { operation: 'update', idempotencyKey: name, orderingKey: name[0] };
        await startExecution(target, executionOf(name), input);
      }
      // Longer than a message takes to its queue: executions that start together have no order.
      await sleep(100);
    }
    await eventually(() => arrived.length >= KILLED_AFTER, 30_000);
    killed = workerOf(stack.aws).killOne();
    await Promise.all(names.flat().map((name) => stack.ended(executionOf(name))));
  }, PATIENCE_MS);

  afterAll(async () => {
    await stack.stop();
    await api.stop();
  });

  function scriptOf(name: string): Script {
    const [customer = ''] = name;
    return (response, attempt) => {
      arrived.push(name);
      const running = (atOnce.get(customer) ?? 0) + 1;
      atOnce.set(customer, running);
      ofOneKeyMost = Math.max(ofOneKeyMost, running);
      ofAllMost = Math.max(
        ofAllMost,
        [...atOnce.values()].reduce((sum, count) => sum + count),
      );
      const trouble = attempt === 1 ? TROUBLE[name] : undefined;
      setTimeout(() => {
        atOnce.set(customer, (atOnce.get(customer) ?? 0) - 1);
        if (trouble === undefined) response.writeHead(200).end('{}');
        else trouble(response);
      }, LATENCY_MS);
    };
  }

  it('all succeed, whatever became of their first attempts and of a worker', async () => {
    const ends = await Promise.all(names.flat().map((name) => stack.ended(executionOf(name))));

    expect(killed).toBe(true);
    expect(new Set(ends.map(({ status }) => status))).toEqual(new Set(['SUCCEEDED']));
  });

  it.each(CUSTOMERS)(
    'reach the API in that order, and every repeat in its place: customer %s',
    (customer) => {
      const order = arrived.filter((name) => name.startsWith(customer));

      expect(order).toEqual([...order].sort());
      expect(new Set(order).size).toBe(CALLS_EACH);
    },
  );

  it.each(Object.keys(TROUBLE))('repeat %s before the next of its key', (name) => {
    expect(arrived.filter((one) => one === name).length).toBeGreaterThan(1);
  });

  it('are made one at a time, while those of other keys run', () => {
    expect(ofOneKeyMost).toBe(1);
    expect(ofAllMost).toBeGreaterThan(1);
  });
});

function executionOf(name: string): string {
  return name.replace('/', '-');
}
