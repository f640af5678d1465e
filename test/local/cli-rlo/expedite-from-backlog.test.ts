import type { StatusChange } from '../../../local/aws/step-functions/status-change.js';
import { eventually } from '../support/eventually.js';
import { startExecution } from '../support/executions.js';
import { type LocalStack, startLocalStack } from '../support/local-stack.js';
import { type Answer, rlo } from '../support/rlo.js';

const BATCH = { priority: 'BATCH', payload: {} };

/** At most five a second: the queue is still long when the copies come, some six seconds after their messages. */
const BACKLOG = 120;
const LIMITS = [{ calls: 5, windowMs: 1_000 }];

/** So many of those that came first are still waiting, however busy the machine. */
const PASSED_LEAST = 20;

describe('rlo expedite, while slots serve the backlog', () => {
  const ordinary = Array.from({ length: BACKLOG }, (_, index) => `ordinary-${index}`);
  const urgent = ['urgent', 'charge'];
  let stack: LocalStack;
  let answers: readonly Answer[];
  let ends: readonly StatusChange[];

  const keys = () => stack.calls.map(({ call }) => call.idempotencyKey);

  beforeAll(async () => {
    stack = await startLocalStack({ limits: LIMITS });
    const { endpoint } = stack.aws;
    for (const name of [...ordinary, 'urgent'])
      await startExecution(stack, name, {
        operation: stack.sample.operation,
        idempotencyKey: name,
        ...BATCH,
      });
    await startExecution(stack, 'charge', { operation: 'chargeCard', idempotencyKey: 'charge', ...BATCH });
    answers = await Promise.all(urgent.map((name) => rlo(endpoint, 'expedite', name)));
    ends = await Promise.all(urgent.map((name) => stack.ended(name)));
    // The messages that were left behind come to their turn as well, and are dropped.
    await eventually(() => {
      const { visible, inFlight } = stack.aws.contents(stack.queueNames.BATCH);
      return visible + inFlight === 0;
    }, 90_000);
  }, 150_000);

  afterAll(() => stack.stop());

  it('lets a call pass those that came before it', () => {
    expect(answers.map(({ code }) => code)).toEqual([0, 0]);
    expect(ends.map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED']);
    for (const name of urgent) expect(keys().indexOf(name)).toBeLessThan(BACKLOG - PASSED_LEAST);
  });

  it('makes every call once, the one of a once operation among them', () => {
    expect([...keys()].sort()).toEqual([...ordinary, ...urgent].sort());
  });
});
