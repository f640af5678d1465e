import { startExecution } from './support/executions.js';
import { type LocalStack, startLocalStack } from './support/local-stack.js';

describe('an execution whose input cannot be served', () => {
  let stack: LocalStack;

  beforeAll(async () => {
    stack = await startLocalStack();
  }, 30_000);

  afterAll(() => stack.stop());

  async function endOf(name: string, input: unknown) {
    await startExecution(stack, name, input);
    return stack.ended(name);
  }

  it('fails with every fault named', async () => {
    const { status, error, cause } = await endOf('faulty', {
      operation: 'createOrder',
      priority: 'URGENT',
      deadline: 'tomorrow',
      prority: 'HIGH',
    });

    expect([status, error]).toEqual(['FAILED', 'Orchestrator.InvalidRequest']);
    expect(cause).toContain('priority: expected one of HIGH, NORMAL, BATCH but got URGENT');
    expect(cause).toContain('deadline: expected an ISO 8601 instant');
    expect(cause).toContain('prority: unknown field; remove it or correct its name');
  });

  it('fails for an unknown operation, and names those there are', async () => {
    const { status, error, cause } = await endOf('unknown', { operation: 'deleteEverything' });

    expect([status, error]).toEqual(['FAILED', 'Orchestrator.InvalidRequest']);
    expect(cause).toBe(
      'operation: expected one of createOrder, getOrder, chargeCard but got deleteEverything',
    );
  });

  it('costs neither a message nor a call', async () => {
    await endOf('empty', {});

    expect(stack.receives()).toBe(0);
    expect(stack.calls).toEqual([]);
  });
});
