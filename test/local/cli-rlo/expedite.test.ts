import type { StatusChange } from '../../../local/aws/step-functions/status-change.js';
import { eventually } from '../support/eventually.js';
import { startExecution } from '../support/executions.js';
import { type LocalStack, startLocalStack } from '../support/local-stack.js';
import { type Answer, rlo, rloJson } from '../support/rlo.js';

const BATCH = { priority: 'BATCH', payload: {} };

describe('rlo expedite', () => {
  const ordinary = Array.from({ length: 8 }, (_, index) => `ordinary-${index}`);
  const urgent = ['urgent', 'charge'];
  let stack: LocalStack;
  let answers: readonly Answer[];
  let expedited: readonly StatusChange[];
  let calledFirst: readonly (string | null)[];
  let refused: Answer;

  const keys = () => stack.calls.map(({ call }) => call.idempotencyKey);

  beforeAll(async () => {
    stack = await startLocalStack();
    const { endpoint } = stack.aws;
    // What waits behind a pause stays where it is, however slow the machine.
    await rloJson(endpoint, 'pause', 'BATCH');
    for (const name of [...ordinary, 'urgent'])
      await startExecution(stack, name, {
        operation: stack.sample.operation,
        idempotencyKey: name,
        ...BATCH,
      });
    await startExecution(stack, 'charge', { operation: 'chargeCard', idempotencyKey: 'charge', ...BATCH });
    answers = await Promise.all(urgent.map((name) => rlo(endpoint, 'expedite', name)));
    expedited = await Promise.all(urgent.map((name) => stack.ended(name)));
    calledFirst = keys();
    refused = await rlo(endpoint, 'expedite', 'urgent');
    await rloJson(endpoint, 'resume');
    await Promise.all(ordinary.map((name) => stack.ended(name)));
    await eventually(() => {
      const { visible, inFlight } = stack.aws.contents(stack.queueNames.BATCH);
      return visible + inFlight === 0;
    }, 30_000);
  }, 120_000);

  afterAll(() => stack.stop());

  it('lets a BATCH call pass all others of its class', () => {
    expect(answers.map(({ code }) => code)).toEqual([0, 0]);
    expect(expedited.map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED']);
    expect([...calledFirst].sort()).toEqual([...urgent].sort());
  });

  it('makes every call once, the one of a once operation among them', () => {
    expect([...keys()].sort()).toEqual([...ordinary, ...urgent].sort());
  });

  it('refuses an execution that has ended', () => {
    expect(refused.code).toBe(1);
    expect(refused.errors).toBe('error: execution urgent cannot be expedited: it has ended: SUCCEEDED\n');
  });

  it('prints no task token', () => {
    const printed = [...answers, refused].map(({ output, errors }) => output + errors).join('');

    expect(printed).not.toMatch(/task-token|taskToken/);
  });
});
