import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../support/eventually.js';
import { startExecution } from '../support/executions.js';
import { type LocalStack, startLocalStack } from '../support/local-stack.js';
import { rloJson } from '../support/rlo.js';

const CALLS = 150;
const STOPS_WITHIN_MS = 2_000;

interface Paused {
  readonly paused: readonly string[];
  readonly waiting: readonly { readonly priority: string; readonly tasks: number; readonly lastAt: string }[];
}

describe('rlo pause and resume', () => {
  const names = Array.from({ length: CALLS }, (_, index) => `call-${index}`);
  let stack: LocalStack;
  let answer: Paused;
  let backlog = 0;
  let resumed: unknown;
  let lastCallAfterMs = 0;
  let callsDuringPause = 0;

  beforeAll(async () => {
    stack = await startLocalStack();
    for (const name of names)
      await startExecution(stack, name, { operation: stack.sample.operation, priority: 'BATCH' });
    await eventually(() => stack.calls.length > 5, 10_000);
    answer = await rloJson<Paused>(stack.aws.endpoint, 'pause', 'batch');
    const pausedAtMs = performance.now();
    await sleep(STOPS_WITHIN_MS);
    callsDuringPause = stack.calls.length;
    lastCallAfterMs = Math.max(...stack.calls.map(({ call }) => call.atMs)) - pausedAtMs;
    await sleep(STOPS_WITHIN_MS);
    callsDuringPause = stack.calls.length - callsDuringPause;
    backlog = CALLS - stack.calls.length;
    resumed = await rloJson(stack.aws.endpoint, 'resume');
    await Promise.all(names.map((name) => stack.ended(name)));
  }, 90_000);

  afterAll(() => stack.stop());

  it('says what it resumed', () => {
    expect(resumed).toMatchObject({ resumed: ['BATCH'], paused: [] });
  });

  it('starts no call from 2 seconds after the pause on', () => {
    expect(callsDuringPause).toBe(0);
    expect(lastCallAfterMs).toBeLessThan(STOPS_WITHIN_MS);
    expect(backlog).toBeGreaterThan(0);
  });

  it('says how many tasks would time out, and until when', () => {
    expect(answer.paused).toEqual(['BATCH']);
    expect(answer.waiting[0]?.tasks).toBeGreaterThanOrEqual(backlog - 5);
    expect(Date.parse(answer.waiting[0]?.lastAt ?? '')).toBeGreaterThan(Date.now() + 71 * 3_600_000);
  });

  it('loses nothing and calls nothing twice', async () => {
    const ends = await Promise.all(names.map((name) => stack.ended(name)));

    expect(ends.filter(({ status }) => status !== 'SUCCEEDED')).toEqual([]);
    expect(stack.calls).toHaveLength(CALLS);
  });
});
