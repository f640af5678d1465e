import { setTimeout as sleep } from 'node:timers/promises';
import type { LambdaFunction } from '../../../local/aws/lambda/lambda-function.js';
import { eventually } from '../support/eventually.js';
import { type Functions, functionsOf } from '../support/a-function.js';

const HANDLER = `
  let invocations = 0;
  exports.handler = async ({ sleepMs = 0, throws, exits }, context) => {
    invocations += 1;
    console.log(['pid', process.pid, invocations, process.env.GREETING, process.env.HOME].join(' '));
    console.log(['context', context.functionName, context.awsRequestId.length, context.getRemainingTimeInMillis() > 9000].join(' '));
    if (exits) process.exit(exits);
    if (throws) throw new Error(throws);
    await new Promise((resolve) => setTimeout(resolve, sleepMs));
  };
`;

describe('LambdaFunction', () => {
  let functions: Functions;

  beforeAll(async () => {
    functions = await functionsOf(HANDLER);
  });

  afterAll(() => functions.stop());

  /** What the handler printed about itself in this invocation. */
  async function invokeAndHear(lambdaFunction: LambdaFunction, event: object = {}) {
    const before = functions.logs.length;
    const result = await lambdaFunction.invoke(event);
    await eventually(() => functions.logs.slice(before).some((line) => line.startsWith('context ')));
    const [, pid, invocation, greeting, home] =
      functions.logs
        .slice(before)
        .find((line) => line.startsWith('pid '))
        ?.split(' ') ?? [];
    return { result, pid: Number(pid), invocation: Number(invocation), greeting, home };
  }

  it('runs the handler with the variables of the template and nothing of this process', async () => {
    const { result, greeting, home } = await invokeAndHear(
      functions.create({ variables: { GREETING: 'hello' } }),
    );

    expect(result).toEqual({ kind: 'returned' });
    expect(greeting).toBe('hello');
    expect(home).toBe('');
    expect(functions.logs).toContain('context worker 36 true');
  });

  it('reuses a warm environment', async () => {
    const lambdaFunction = functions.create();

    const first = await invokeAndHear(lambdaFunction);
    const second = await invokeAndHear(lambdaFunction);

    expect(second).toMatchObject({ pid: first.pid, invocation: 2 });
  });

  it('throttles what exceeds its reserved concurrency', async () => {
    const lambdaFunction = functions.create({ reservedConcurrency: 2 });

    const results = await Promise.all([1, 2, 3].map(() => lambdaFunction.invoke({ sleepMs: 100 })));

    expect(results.map(({ kind }) => kind)).toEqual(['returned', 'returned', 'throttled']);
    expect(lambdaFunction.figures()).toEqual({ invocations: 2, throttles: 1, running: 0 });
  });

  it('reports an error of the handler and keeps the environment', async () => {
    const lambdaFunction = functions.create();

    const failed = await invokeAndHear(lambdaFunction, { throws: 'no' });
    const next = await invokeAndHear(lambdaFunction);

    expect(failed.result).toEqual({ kind: 'failed', reason: 'Error: no' });
    expect(next.pid).toBe(failed.pid);
    expect(functions.logs).toContainEqual(
      expect.stringMatching(/^worker: invocation \S+ failed: Error: no$/),
    );
  });

  it('kills an invocation at its timeout, and its environment with it', async () => {
    const lambdaFunction = functions.create({ timeoutSeconds: 1 });
    const warm = await invokeAndHear(lambdaFunction);

    const late = await invokeAndHear(lambdaFunction, { sleepMs: 60_000 });
    const next = await invokeAndHear(lambdaFunction);

    expect(late).toMatchObject({ result: { kind: 'timedOut' }, pid: warm.pid });
    expect(next.pid).not.toBe(warm.pid);
    expect(isRunning(warm.pid)).toBe(false);
  });

  it('survives an environment that crashes', async () => {
    const lambdaFunction = functions.create();

    const crashed = await lambdaFunction.invoke({ exits: 7 });
    const next = await invokeAndHear(lambdaFunction);

    expect(crashed).toEqual({ kind: 'crashed', reason: 'exit code 7' });
    expect(next).toMatchObject({ result: { kind: 'returned' }, invocation: 1 });
  });

  it('ends one running invocation as a crash would when told to', async () => {
    const lambdaFunction = functions.create();
    await lambdaFunction.invoke({});

    expect(lambdaFunction.killOne()).toBe(false);
    const running = lambdaFunction.invoke({ sleepMs: 60_000 });
    expect(lambdaFunction.killOne()).toBe(true);

    expect((await running).kind).toBe('crashed');
  });

  it('replaces a warm environment whose process died while nobody used it', async () => {
    const lambdaFunction = functions.create();
    const { pid } = await invokeAndHear(lambdaFunction);

    process.kill(pid, 'SIGKILL');
    await eventually(() => !isRunning(pid));
    await sleep(50);

    expect(await lambdaFunction.invoke({})).toEqual({ kind: 'returned' });
  });

  it('reports a warm environment whose process dies just as it is used as crashed', async () => {
    const lambdaFunction = functions.create();
    const { pid } = await invokeAndHear(lambdaFunction);

    process.kill(pid, 'SIGKILL');

    expect((await lambdaFunction.invoke({})).kind).toBe('crashed');
    expect((await lambdaFunction.invoke({})).kind).toBe('returned');
  });

  it('reports a handler that cannot be loaded', async () => {
    const result = await functions.create({ handler: 'index.other' }).invoke({});

    expect(result).toMatchObject({
      kind: 'crashed',
      reason: expect.stringContaining('named other') as string,
    });
  });

  it('ends every process when it stops, and then starts no more', async () => {
    const lambdaFunction = functions.create();
    const { pid } = await invokeAndHear(lambdaFunction);
    const running = lambdaFunction.invoke({ sleepMs: 60_000 });

    await lambdaFunction.stop();

    expect((await running).kind).toBe('crashed');
    expect(await lambdaFunction.invoke({})).toEqual({ kind: 'throttled' });
    expect(isRunning(pid)).toBe(false);
  });
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
