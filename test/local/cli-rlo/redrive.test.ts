import { startExecution } from '../support/executions.js';
import { type LocalStack, startLocalStack } from '../support/local-stack.js';
import { rlo } from '../support/rlo.js';

describe('rlo redrive', () => {
  let stack: LocalStack;

  beforeAll(async () => {
    stack = await startLocalStack({ latency: { medianMs: 20, p99Ms: 20 } });
    await startExecution(stack, 'done', { operation: 'createOrder' });
    await startExecution(stack, 'faulty', { operation: 'dropOrder' });
    await startExecution(stack, 'later', { operation: 'createOrder', notBefore: soon() });
    await Promise.all([stack.ended('done'), stack.ended('faulty')]);
    await rlo(stack.aws.endpoint, 'cancel', 'later');
    await stack.ended('later');
  }, 60_000);

  afterAll(() => stack.stop());

  function soon(): string {
    return new Date(Date.now() + 600_000).toISOString();
  }

  it('says of each execution whether it goes on, and lets no other keep one from it', async () => {
    const { code, output } = await rlo(stack.aws.endpoint, 'redrive', 'nobody', 'done', 'faulty', 'later');

    expect(code).toBe(1);
    expect(output.trim().split('\n')).toEqual([
      'nobody  no execution is called nobody; `rlo list` shows names',
      'done  cannot be redriven: Execution is SUCCEEDED and cannot be redriven',
      'faulty  not redriven: it ended as Orchestrator.InvalidRequest by decision and would only fail again',
      'later  goes on where it failed',
    ]);
    const { output: shown } = await rlo(stack.aws.endpoint, 'show', 'later', '--json');
    expect(shown).toContain('"RUNNING"');
  }, 30_000);
});
