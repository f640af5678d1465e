import { type LocalStack, startLocalStack } from '../support/local-stack.js';
import { rlo, rloJson } from '../support/rlo.js';

interface Started {
  readonly executionArn: string;
  readonly alreadyEnded: boolean;
}

describe('rlo start', () => {
  let stack: LocalStack;
  const start = (...args: readonly string[]) => rlo(stack.aws.endpoint, 'start', ...args);

  beforeAll(async () => {
    stack = await startLocalStack();
  }, 60_000);

  afterAll(() => stack.stop());

  it('names every fault and starts nothing', async () => {
    const { code, errors } = await start('chargeCard', '--deadline', 'soon', '--name', 'a name');

    expect(code).toBe(1);
    expect(errors).toContain('idempotencyKey: missing');
    expect(errors).toContain('deadline: expected an ISO 8601 instant');
    expect(errors).toContain('executionName: expected 1 to 80 characters');
  }, 30_000);

  it('prints the answer of the API, and finds the call that it started before', async () => {
    const charge = ['chargeCard', '--key', 'invoice-7', '--payload', '{"amount":5}'];

    const { code, output } = await start(...charge, '--wait');
    const again = await rloJson<Started>(stack.aws.endpoint, 'start', ...charge);

    expect(code).toBe(0);
    expect(JSON.parse(output)).toMatchObject({ received: { amount: 5 } });
    expect(again.alreadyEnded).toBe(true);
    expect(stack.calls.filter(({ call }) => call.idempotencyKey === 'invoice-7')).toHaveLength(1);
  }, 30_000);

  it('says how a call failed that was cancelled', async () => {
    await rlo(stack.aws.endpoint, 'pause');
    const { executionArn } = await rloJson<Started>(
      stack.aws.endpoint,
      'start',
      'createOrder',
      '--key',
      'late',
    );
    await rlo(stack.aws.endpoint, 'cancel', executionArn, '--reason', 'no longer wanted');

    const { code, output } = await start('createOrder', '--key', 'late', '--wait');

    expect(code).toBe(1);
    expect(output).toBe(`Caller.Cancelled: no longer wanted\n${executionArn}\n`);
  }, 30_000);
});
