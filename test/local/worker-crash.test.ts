import { workerOf } from '../../local/worker-of.js';
import { setTimeout as sleep } from 'node:timers/promises';
import { synthesize } from '../../local/synthesize.js';
import { eventually } from './support/eventually.js';
import { startExecution } from './support/executions.js';
import { type OwnStack, startOwnStack } from './support/own-stack.js';

const LIMITS = [{ calls: 20, windowMs: 1_000 }];
const SLOTS = 5;
const CALL_TIMEOUT_MS = 1_500;

/** The hold, one call's timeout and ten seconds to settle it: how long the message of a killed worker is hidden. */
const HIDDEN_MS = 12_500;

describe('a worker process that is killed in the middle of a call', () => {
  const names: string[] = [];
  let stack: OwnStack;
  let killed: boolean | undefined;

  beforeAll(async () => {
    stack = await startOwnStack({
      api: {
        ...{ kind: 'simulated', port: 0, seed: 1, latency: { medianMs: 1_000, p99Ms: 1_000 } },
        ...{ limits: LIMITS, inFlightMax: SLOTS },
      },
      synthesize: (directory, baseUrl) =>
        synthesize(directory, {
          ...{ baseUrl, slots: SLOTS, limits: LIMITS, serviceTimeMaxMs: CALL_TIMEOUT_MS },
          operations: {
            createOrder: { path: '/orders', effect: 'idempotent', timeoutMs: CALL_TIMEOUT_MS },
          },
        }),
    });
    for (let started = 0; started < 20; started += 1) await startOne();
    // Every slot is in a call now, and stays there for a second.
    await eventually(() => stack.calls.length === SLOTS);
    killed = workerOf(stack.aws).killOne();
    stack.legacyApi.setLatency({ medianMs: 100, p99Ms: 100 });
    // Some work keeps coming, so that slots live when the message returns and it need not wait for the sweeper.
    const returnedAtMs = performance.now() + HIDDEN_MS;
    while (performance.now() < returnedAtMs) {
      await startOne();
      await sleep(200);
    }
    await Promise.all(names.map((name) => stack.ended(name)));
  }, 60_000);

  afterAll(() => stack.stop());

  async function startOne(): Promise<void> {
    const name = `call-${names.length}`;
    names.push(name);
    const target = { sfn: stack.sfn, stateMachineArn: stack.output('StateMachineArn') };
    await startExecution(target, name, { operation: 'createOrder', idempotencyKey: name, payload: { name } });
  }

  it('loses nothing: its message is served again after the visibility timeout', async () => {
    const ends = await Promise.all(names.map((name) => stack.ended(name)));
    const queue = stack.output('QueueUrlNormal').split('/').at(-1) ?? '';
    const parked = stack.output('ParkedUrl').split('/').at(-1) ?? '';

    expect(killed).toBe(true);
    expect(new Set(ends.map(({ status }) => status))).toEqual(new Set(['SUCCEEDED']));
    expect(stack.aws.receives(queue)).toBe(names.length + 1);
    expect(stack.aws.contents(parked).visible).toBe(0);
  });

  it('breaks neither the rate limit nor the cap on calls in flight', async () => {
    const { responses429, maxInFlight, worstWindowCalls } = await stack.legacyApi.figures();

    expect(responses429).toBe(0);
    expect(maxInFlight).toBeLessThanOrEqual(SLOTS);
    expect(worstWindowCalls).toBeLessThanOrEqual(20);
  });
});
