import { synthesize } from '../../local/synthesize.js';
import { eventually } from './support/eventually.js';
import { startExecution } from './support/executions.js';
import { type OwnStack, startOwnStack } from './support/own-stack.js';

/** One slot, for which the fairness of SQS itself does little; and none of it is emulated here. */
const LIMITS = [{ calls: 10, windowMs: 1_000 }];
const ALLOWED = 5;
const FLOOD = 60;
const QUIET = 3;

/**
 * What may go before a quiet call: two windows' worth, the calls made while it is on its way, and the few turns that the
 * overflow leads. Without the allowance all of the flood that is left would.
 */
const AHEAD_MAX = 2 * ALLOWED + 15;

const PATIENCE_MS = 40_000;

describe('a tenant that floods its class, beside one that asks for little', () => {
  let stack: OwnStack;

  beforeAll(async () => {
    stack = await startOwnStack({
      api: {
        ...{ kind: 'simulated', port: 0, seed: 1, latency: { medianMs: 20, p99Ms: 20 } },
        ...{ limits: LIMITS, inFlightMax: 1 },
      },
      synthesize: (directory, baseUrl) =>
        synthesize(directory, {
          ...{ baseUrl, slots: 1, limits: LIMITS, arrivalJitterMs: 60 },
          priorities: { NORMAL: { tenantAllowance: { calls: ALLOWED, windowSeconds: 60 } } },
        }),
    });
  }, 60_000);

  afterAll(() => stack.stop());

  it('waits in the overflow, and lets the quiet one go first', async () => {
    const flood = namesOf('flooding', FLOOD);
    const quiet = namesOf('quiet', QUIET);
    await Promise.all(flood.map((name) => start(name, 'flooding')));
    await eventually(() => waitingIn(/NORMALOVERFLOW/) > FLOOD / 2, PATIENCE_MS);

    const before = stack.calls.length;
    await Promise.all(quiet.map((name) => start(name, 'quiet')));
    await eventually(() => stack.calls.length === FLOOD + QUIET, PATIENCE_MS);

    const made = stack.calls.map(({ call }) => call.idempotencyKey);
    for (const name of quiet) expect(made.indexOf(name) - before).toBeLessThanOrEqual(AHEAD_MAX);
    expect(new Set(made)).toEqual(new Set([...flood, ...quiet]));
    for (const name of [...flood, ...quiet])
      expect(await stack.ended(name)).toMatchObject({ status: 'SUCCEEDED' });
  }, 90_000);

  function start(name: string, tenant: string): Promise<string> {
    const target = { sfn: stack.sfn, stateMachineArn: stack.output('StateMachineArn') };
    return startExecution(target, name, { operation: 'createOrder', idempotencyKey: name, tenant });
  }

  function waitingIn(queues: RegExp): number {
    return stack.aws.queues
      .filter(({ name }) => queues.test(name))
      .reduce((sum, { name }) => sum + stack.aws.contents(name).visible, 0);
  }
});

function namesOf(tenant: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${tenant}-${index}`);
}
