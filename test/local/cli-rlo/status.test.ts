import type { Status } from '../../../lambdas/core/status/status.js';
import { byPriority, PRIORITIES } from '../../../lambdas/core/contracts/priority.js';
import { eventually } from '../support/eventually.js';
import { startExecution } from '../support/executions.js';
import { type LocalStack, startLocalStack } from '../support/local-stack.js';
import { rlo, rloJson } from '../support/rlo.js';

const STARTED = { HIGH: 2, NORMAL: 3, BATCH: 7 };

describe('rlo status', () => {
  let stack: LocalStack;
  let status: Status;

  const contents = () => byPriority((priority) => stack.aws.contents(stack.queueNames[priority]).visible);

  beforeAll(async () => {
    stack = await startLocalStack();
    await rloJson(stack.aws.endpoint, 'pause');
    for (const priority of PRIORITIES)
      for (let index = 0; index < STARTED[priority]; index += 1)
        await startExecution(stack, `${priority}-${index}`, { operation: stack.operation, priority });
    await eventually(
      () => PRIORITIES.every((priority) => contents()[priority] === STARTED[priority]),
      10_000,
    );
    status = await rloJson<Status>(stack.aws.endpoint, 'status');
  }, 60_000);

  afterAll(() => stack.stop());

  it('tells what lies in the queues', () => {
    expect(byPriority((priority) => status.classes[priority].waiting)).toEqual(contents());
  });

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
