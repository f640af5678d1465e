import { StopExecutionCommand } from '@aws-sdk/client-sfn';
import { synthesize } from '../../local/synthesize.js';
import { eventually } from './support/eventually.js';
import { startExecution } from './support/executions.js';
import { type OwnStack, startOwnStack } from './support/own-stack.js';

const LIMITS = [{ calls: 4, windowMs: 1_000 }];
const SLOTS = 2;

/** A message that waited longer than this is checked for a living task; by default, than five seconds. */
const LIVENESS_AFTER_MS = 1_000;

describe('executions that are stopped while they wait behind a saturated limit', () => {
  const ahead = Array.from({ length: 10 }, (_, index) => `ahead-${index}`);
  const stopped = Array.from({ length: 20 }, (_, index) => `stopped-${index}`);
  let stack: OwnStack;

  beforeAll(async () => {
    stack = await startOwnStack({
      api: {
        ...{ kind: 'simulated', port: 0, seed: 1, latency: { medianMs: 50, p99Ms: 50 } },
        ...{ limits: LIMITS, inFlightMax: SLOTS },
      },
      synthesize: (directory, baseUrl) =>
        synthesize(directory, {
          ...{ baseUrl, slots: SLOTS, limits: LIMITS, livenessAfterMs: LIVENESS_AFTER_MS },
        }),
    });
    await Promise.all(ahead.map((name) => start(name)));
    const arns = await Promise.all(stopped.map((name) => start(name)));
    await start('behind');
    for (const executionArn of arns) await stack.sfn.send(new StopExecutionCommand({ executionArn }));
    await Promise.all([...ahead, 'behind'].map((name) => stack.ended(name)));
  }, 60_000);

  afterAll(() => stack.stop());

  function start(name: string): Promise<string> {
    const target = { sfn: stack.sfn, stateMachineArn: stack.output('StateMachineArn') };
    return startExecution(target, name, { operation: 'createOrder', idempotencyKey: name, payload: {} });
  }

  it('never reach the legacy API', () => {
    const called = stack.calls.map(({ call }) => call.idempotencyKey);

    expect(called.filter((key) => stopped.includes(key ?? ''))).toEqual([]);
    expect(new Set(called)).toEqual(new Set([...ahead, 'behind']));
  });

  it('leave no message behind', async () => {
    const held = () =>
      stack.aws.queues.map(
        ({ name }) => stack.aws.contents(name).visible + stack.aws.contents(name).inFlight,
      );

    await eventually(() => held().every((messages) => messages === 0));

    expect(Math.max(...held())).toBe(0);
  });

  it('are told apart as aborted', async () => {
    const ends = await Promise.all(stopped.map((name) => stack.ended(name)));

    expect(new Set(ends.map(({ status }) => status))).toEqual(new Set(['ABORTED']));
  });
});
