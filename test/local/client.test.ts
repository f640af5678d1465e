import { OrchestratorClient, WaitTimeoutError } from 'rate-limited-orchestrator/client';
import { sfnClient } from './support/executions.js';
import { type LocalStack, startLocalStack } from './support/local-stack.js';
import { rloJson } from './support/rlo.js';

interface Operations {
  readonly createOrder: {
    readonly input: { readonly reference: string };
    readonly output: { readonly received: { readonly reference: string } };
  };
  readonly chargeCard: { readonly input: { readonly amount: number }; readonly output: unknown };
}

const orders = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => {
    const reference = `order-${from + index}`;
    return { operation: 'createOrder', idempotencyKey: reference, payload: { reference } } as const;
  });

describe('the client against the local run', () => {
  let stack: LocalStack;
  let client: OrchestratorClient<Operations>;

  const executedKeys = () => stack.calls.map(({ call }) => call.idempotencyKey);

  beforeAll(async () => {
    stack = await startLocalStack();
    client = new OrchestratorClient<Operations>({
      stateMachineArn: stack.stateMachineArn,
      sfn: sfnClient(stack.aws.endpoint),
      describesPerSecondMax: 100,
    });
  }, 60_000);

  afterAll(() => stack.stop());

  it('returns the answer of the API', async () => {
    const [order] = orders(1, 1);

    const { received } = await client.startAndWait(order ?? never());

    expect(received).toEqual({ reference: 'order-1' });
  });

  it('makes a call once, however often and from wherever it is started', async () => {
    const charge = { operation: 'chargeCard', idempotencyKey: 'charge-1', payload: { amount: 5 } } as const;
    const another = new OrchestratorClient<Operations>({
      stateMachineArn: stack.stateMachineArn,
      sfn: sfnClient(stack.aws.endpoint),
    });

    const [one, other] = await Promise.all([client.start(charge), another.start(charge)]);
    const result = await client.wait(one);
    const later = await another.start(charge);

    expect(other).toEqual(one);
    expect(later).toEqual({ ...one, alreadyEnded: true });
    expect(await another.wait({ operation: 'chargeCard', idempotencyKey: 'charge-1' })).toEqual(result);
    expect(executedKeys().filter((key) => key === 'charge-1')).toHaveLength(1);
    await expect(another.start({ ...charge, payload: { amount: 6 } })).rejects.toMatchObject({
      code: 'CALL_CONFLICT',
    });
  });

  it('starts many calls, and a list again without starting anything twice', async () => {
    const first = await client.startMany(orders(100, 30));
    const again = await client.startMany(orders(100, 40));
    await Promise.all(orders(100, 40).map((order) => client.wait(order)));

    expect(first.map(({ kind }) => kind)).toEqual(Array(30).fill('started'));
    expect(again.map(({ kind }) => kind)).toEqual(Array(40).fill('started'));
    expect(
      executedKeys().filter((key) => key?.startsWith('order-1') === true && key.length > 7),
    ).toHaveLength(40);
  }, 30_000);

  it('keeps to its rate of starts', async () => {
    const slow = new OrchestratorClient<Operations>({
      stateMachineArn: stack.stateMachineArn,
      sfn: sfnClient(stack.aws.endpoint),
      startsPerSecondMax: 10,
    });

    const beganMs = performance.now();
    await slow.startMany(orders(200, 25));

    expect(performance.now() - beganMs).toBeGreaterThanOrEqual(1_900);
  });

  it('fails with what the state machine finds', async () => {
    const call = { operation: 'chargeCard', payload: { amount: 5 } } as const;

    await expect(client.startAndWait(call)).rejects.toMatchObject({
      ...{ code: 'CALL_FAILED', error: 'Orchestrator.InvalidRequest', repeat: 'no' },
      reason: expect.stringContaining('idempotencyKey: missing') as string,
    });
  });

  describe('while calls wait', () => {
    const [waiting = never()] = orders(300, 1);

    beforeAll(async () => {
      await rloJson(stack.aws.endpoint, 'pause');
      await client.start(waiting);
    }, 30_000);

    it('stops waiting after a while, and leaves the call alone', async () => {
      const failure: unknown = await client
        .wait(waiting, { timeoutMs: 300 })
        .catch((error: unknown) => error);

      expect(failure).toBeInstanceOf(WaitTimeoutError);
      expect((await client.status(waiting)).kind).toBe('running');
    });

    it('stops waiting when its caller goes', async () => {
      const reason = new Error('the caller has gone');
      const controller = new AbortController();
      const wait = client.wait(waiting, { signal: controller.signal });
      setTimeout(() => controller.abort(reason), 100);

      await expect(wait).rejects.toBe(reason);
    });
  });

  it('cancels a call before its time has come', async () => {
    const [order = never()] = orders(400, 1);
    const later = { ...order, notBefore: new Date(Date.now() + 86_400_000) };
    await client.start(later);

    const status = await client.cancel(later, 'no longer wanted');

    expect(status).toMatchObject({ kind: 'failed', failure: { error: 'Caller.Cancelled' } });
    await expect(client.wait(later)).rejects.toMatchObject({ reason: 'no longer wanted' });
  });
});

function never(): never {
  throw new Error('there is one more');
}
