// Goal: whatever callbacks, timeouts, retries and stops do to each other, every execution ends exactly once.
// Method: random interleavings of them against executions in virtual time, with a late and a repeated callback after all.
import fc from 'fast-check';
import { aCallbackTask, aMachine, inner } from './support/machines.js';
import { TestService } from './support/service.js';
import { settled } from './support/virtual-timers.js';

const seed = 20260131;
const ended = ['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'];
const executionTimeoutMs = 100_000;

const task = (more: object = {}) =>
  aCallbackTask({
    TimeoutSeconds: 20,
    HeartbeatSeconds: 8,
    Retry: [
      { ErrorEquals: ['Busy', 'States.Timeout'], IntervalSeconds: 2, MaxAttempts: 2, JitterStrategy: 'FULL' },
    ],
    ...more,
  });
const branch = (name: string) => inner(aMachine({ [name]: task() }));
const machine = aMachine(
  {
    Fork: {
      Type: 'Parallel',
      Branches: [branch('A'), branch('B')],
      Catch: [{ ErrorEquals: ['Busy'], Next: 'Last' }],
      Next: 'Last',
    },
    Last: task(),
  },
  { TimeoutSeconds: executionTimeoutMs / 1_000 },
);

const step = fc.oneof(
  fc.record({ kind: fc.constantFrom('succeed', 'fail', 'refuse', 'heartbeat'), at: fc.nat(40) }),
  fc.record({ kind: fc.constant('advance'), at: fc.nat(12_000) }),
  fc.record({ kind: fc.constant('stop'), at: fc.nat(2) }),
);

/** Three executions, and how often each token was accepted. */
class World {
  readonly service = new TestService({ seed });
  readonly arns: string[] = [];
  readonly accepted = new Map<string, number>();
  readonly refusals = new Set<string>();

  async start(): Promise<void> {
    for (let count = 0; count < 3; count += 1) this.arns.push(await this.service.start(machine));
  }

  async take({ kind, at }: { readonly kind: string; readonly at: number }): Promise<void> {
    const { service } = this;
    if (kind === 'advance') return service.timers.advance(at);
    if (kind === 'stop') {
      await service.call('StopExecution', { executionArn: this.arns[at] });
      return settled();
    }
    const taskToken = service.token(at % service.sent.length);
    if (kind === 'heartbeat') await service.heartbeat(taskToken);
    else await this.callBack(kind, taskToken);
  }

  async callBack(kind: string, taskToken: string): Promise<void> {
    const error = kind === 'fail' ? 'Busy' : 'Refused';
    const refusal =
      kind === 'succeed' ? await this.service.succeed(taskToken) : await this.service.fail(taskToken, error);
    if (refusal === undefined) this.accepted.set(taskToken, (this.accepted.get(taskToken) ?? 0) + 1);
    else this.refusals.add(refusal);
  }
}

describe(`callbacks, timeouts, retries and stops in any order (seed ${seed})`, () => {
  it('end every execution exactly once, take no token twice and leave no timer', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const world = new World();
        await world.start();
        const { service } = world;

        for (const one of steps) await world.take(one);
        await service.timers.advance(executionTimeoutMs);
        for (const position of service.sent.keys()) await world.callBack('succeed', service.token(position));

        for (const arn of world.arns) {
          const changes = service.changes
            .filter(({ executionArn }) => executionArn === arn)
            .map(({ status }) => status);
          const ends = (await service.eventTypes(arn)).filter((type) => /^Execution(?!Started)/.test(type));
          expect(changes).toEqual(['RUNNING', expect.stringMatching(ended.join('|'))]);
          expect(ends).toHaveLength(1);
          expect((await service.eventTypes(arn)).at(-1)).toBe(ends[0]);
        }
        expect([...world.accepted.values()].every((times) => times === 1)).toBe(true);
        expect([...world.refusals].filter((code) => code !== 'TaskTimedOut')).toEqual([]);
        expect(service.timers.pending).toBe(0);
      }),
      { seed, numRuns: 60 },
    );
  }, 60_000);
});
