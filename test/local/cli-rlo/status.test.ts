import type { FullStatus } from '../../../cli/status/read-status.js';
import { type ByPriority, byPriority, PRIORITIES } from '../../../lambdas/core/contracts/priority.js';
import type { QueueContents } from '../../../local/aws/queue-service.js';
import { eventually } from '../support/eventually.js';
import { startExecution } from '../support/executions.js';
import { type LocalStack, startLocalStack } from '../support/local-stack.js';
import { rlo, rloJson } from '../support/rlo.js';

const STARTED = { HIGH: 2, NORMAL: 3, BATCH: 7 };

const SERVED = ['HIGH-0', 'HIGH-1', 'NORMAL-0', 'NORMAL-1', 'NORMAL-2'];

describe('rlo status', () => {
  let stack: LocalStack;
  let status: FullStatus;
  let afterLoad: FullStatus;
  let truth: ByPriority<QueueContents>;

  const contents = () => byPriority((priority) => stack.aws.contents(stack.queueNames[priority]));

  beforeAll(async () => {
    stack = await startLocalStack();
    await rloJson(stack.aws.endpoint, 'pause');
    for (const priority of PRIORITIES)
      for (let index = 0; index < STARTED[priority]; index += 1)
        await startExecution(stack, `${priority}-${index}`, { operation: stack.sample.operation, priority });
    await eventually(
      () => PRIORITIES.every((priority) => contents()[priority].visible === STARTED[priority]),
      10_000,
    );
    status = await rloJson<FullStatus>(stack.aws.endpoint, 'status');
    await rloJson(stack.aws.endpoint, 'resume', 'high', 'normal');
    await Promise.all(SERVED.map((name) => stack.ended(name)));
    afterLoad = await rloJson<FullStatus>(stack.aws.endpoint, 'status');
    truth = contents();
  }, 60_000);

  afterAll(() => stack.stop());

  it('tells what lies in the queues', () => {
    expect(byPriority((priority) => status.classes[priority].waiting)).toEqual(STARTED);
  });

  it('agrees with the queues as soon as a load is over', () => {
    const told = byPriority((priority) => {
      const { waiting, inFlight } = afterLoad.classes[priority];
      return { waiting, inFlight };
    });

    expect(told).toEqual(
      byPriority((priority) => ({ waiting: truth[priority].visible, inFlight: truth[priority].inFlight })),
    );
    expect(told.BATCH).toEqual({ waiting: STARTED.BATCH, inFlight: 0 });
  });

  it('tells what the calls of the last minutes used of the limit, and what they came to', async () => {
    const recent = () => rloJson<FullStatus>(stack.aws.endpoint, 'status').then((told) => told.recent);
    const published = (told: FullStatus['recent']) => !('unread' in told) && told.succeeded === SERVED.length;
    let told = await recent();
    // A slot publishes when it ends, or rings.
    for (let looks = 0; looks < 20 && !published(told); looks += 1) told = await recent();

    expect(told).toMatchObject({
      callsStarted: SERVED.length,
      succeeded: SERVED.length,
      throttled: 0,
      lateResults: 0,
    });
    if ('unread' in told) throw new Error(told.unread);
    const seconds = (Date.parse(told.until) - Date.parse(told.from)) / 1_000;
    expect(told.limitUsedRatio).toBeCloseTo(SERVED.length / (20 * seconds), 6);
  }, 60_000);

  it('tells the age of the oldest execution of each class', () => {
    const ages = PRIORITIES.map((priority) => status.classes[priority].oldestMs ?? 0);

    expect(ages.every((age) => age > 0 && age < 60_000)).toBe(true);
  });

  it('tells the limit, its pace and what is paused', () => {
    expect(status).toMatchObject({
      api: 'legacy-api',
      limits: { inForce: [{ calls: 20, windowMs: 1_000 }], from: 'configuration', fault: null },
      gate: { state: 'open' },
      slots: { most: 5 },
    });
    expect([...status.paused].sort()).toEqual([...PRIORITIES].sort());
  });

  it('says in one sentence that nobody listens, with exit code 3', async () => {
    const { code, errors } = await rlo('http://127.0.0.1:9', 'status');

    expect(code).toBe(3);
    expect(errors).toMatch(/^error: cannot reach AWS: ECONNREFUSED; .*\n$/);
  }, 20_000);
});
