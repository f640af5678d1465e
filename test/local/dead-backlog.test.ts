import { StopExecutionCommand } from '@aws-sdk/client-sfn';
import { synthesize } from '../../local/synthesize.js';
import { eventually } from './support/eventually.js';
import { startExecution } from './support/executions.js';
import { type OwnStack, startOwnStack } from './support/own-stack.js';

/** At this limit the calls themselves would take an hour. */
const LIMITS = [{ calls: 1, windowMs: 10_000 }];
const STOPPED = 300;

/** The hold of the first call, and some. */
const PATIENCE_MS = 30_000;

/** At once, so that the SDK's own connections are enough. */
const STARTED_TOGETHER = 50;

describe('hundreds of executions that were stopped under a tight limit', () => {
  const names = Array.from({ length: STOPPED }, (_, index) => `stopped-${index}`);
  let stack: OwnStack;

  beforeAll(async () => {
    stack = await startOwnStack({
      api: {
        ...{ kind: 'simulated', port: 0, seed: 1, latency: { medianMs: 50, p99Ms: 50 } },
        ...{ limits: LIMITS, inFlightMax: 1 },
      },
      synthesize: (directory, baseUrl) =>
        synthesize(directory, { baseUrl, slots: 1, limits: LIMITS, livenessAfterMs: 0 }),
    });
    const target = { sfn: stack.sfn, stateMachineArn: stack.output('StateMachineArn') };
    // The first takes the slot and its hold, so that all others are stopped before their turn.
    await start('first');
    await stack.ended('first');
    for (let index = 0; index < STOPPED; index += STARTED_TOGETHER) {
      const arns = await Promise.all(names.slice(index, index + STARTED_TOGETHER).map(start));
      const stops = arns.map((executionArn) => stack.sfn.send(new StopExecutionCommand({ executionArn })));
      await Promise.all(stops);
    }

    function start(name: string): Promise<string> {
      const input = { operation: 'createOrder', idempotencyKey: name, payload: {}, priority: 'BATCH' };
      return startExecution(target, name, input);
    }
  }, 60_000);

  afterAll(() => stack.stop());

  it('are cleared away without a call to the legacy API', async () => {
    const held = () =>
      stack.aws.queues
        .filter(({ name }) => /HIGH|NORMAL|BATCH/.test(name))
        .map(({ name }) => stack.aws.contents(name).visible + stack.aws.contents(name).inFlight)
        .reduce((sum, messages) => sum + messages, 0);

    await eventually(() => held() === 0, PATIENCE_MS);

    expect(stack.calls.map(({ call }) => call.idempotencyKey)).toEqual(['first']);
  }, 40_000);
});
