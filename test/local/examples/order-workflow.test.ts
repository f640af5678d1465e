import { CARDS } from '../../../examples/order-workflow/run/erp.js';
import { type OrderRun, startExample } from '../../../examples/order-workflow/run/start-example.js';
import { TASK_ERRORS } from '../../../lambdas/core/contracts/task-errors.js';
import { sfnClient, startExecution } from '../support/executions.js';
import { type Observation, observe } from '../support/observation.js';

const WORKFLOWS = ['OrderWithCallTasks', 'OrderWithExecutions'] as const;

type TaskRequest = Readonly<Record<'operation' | 'priority', string>>;

const requestIn = (body: string) => JSON.parse(body) as TaskRequest;

describe('the example order-workflow', () => {
  let run: OrderRun;
  let observation: Observation;
  const asked: TaskRequest[] = [];

  beforeAll(async () => {
    const observed = observe();
    observation = observed.observation;
    run = await startExample({
      ...observed.events,
      onDelivery: (queueName, messages) => {
        if (queueName.includes('Queues')) asked.push(...messages.map(({ Body }) => requestIn(Body)));
      },
    });
  }, 60_000);

  afterAll(() => run.stop());

  async function endOf(workflow: (typeof WORKFLOWS)[number], card: keyof typeof CARDS, id = card as string) {
    const name = `${workflow}-${id}`;
    const sfn = sfnClient(run.aws.endpoint);
    const lines = [
      { sku: 'a', of: name },
      { sku: 'b', of: name },
    ];
    const order = { id: name, payment: { card: CARDS[card], amount: 120 }, lines };
    await startExecution({ sfn, stateMachineArn: run.output(`${workflow}Arn`) }, name, { order });
    sfn.destroy();
    const { status, error, output } = await observation.ended(name);
    return { name, status, error, output: JSON.parse(output ?? 'null') as unknown };
  }

  const chargesOf = (name: string) =>
    run.erp.done['/charges'].filter((made) => (made as { readonly key: string }).key === `charge-${name}`);

  describe.each(WORKFLOWS)('%s', (workflow) => {
    it('makes a call of each class and returns every result', async () => {
      const { name, status, output } = await endOf(workflow, 'good');

      expect([status, output]).toMatchObject([
        'SUCCEEDED',
        { reservation: {}, charge: { charged: `charge-${name}` }, lines: [{}, {}] },
      ]);
      expect(run.erp.done['/lines']).toEqual(
        expect.arrayContaining([
          { sku: 'a', of: name },
          { sku: 'b', of: name },
        ]),
      );
    }, 30_000);

    it('looks up a charge whose answer was lost, and makes it no second time', async () => {
      const { name, status, output } = await endOf(workflow, 'answerLost');

      expect([status, output]).toMatchObject(['SUCCEEDED', { charge: { charged: `charge-${name}` } }]);
      expect(chargesOf(name)).toHaveLength(1);
    }, 30_000);

    it('makes a charge again that the lookup proves not to have been made', async () => {
      const { name, status, output } = await endOf(workflow, 'requestLost');

      expect([status, output]).toMatchObject(['SUCCEEDED', { charge: { charged: `charge-${name}` } }]);
      expect(chargesOf(name)).toHaveLength(1);
    }, 30_000);

    it('fails by name where nobody can tell, and repeats nothing', async () => {
      const { name, status, error } = await endOf(workflow, 'unclear');

      expect([status, error]).toEqual(['FAILED', TASK_ERRORS.outcomeUnknown]);
      expect(chargesOf(name)).toHaveLength(1);
    }, 30_000);

    it('fails by the name of what the call failed by', async () => {
      expect((await endOf(workflow, 'declined')).error).toBe(TASK_ERRORS.rejected);
      expect((await endOf(workflow, 'good', 'ä')).error).toBe(TASK_ERRORS.invalidRequest);
    }, 30_000);
  });

  it('asks for what the customer waits for as HIGH, for the charge as NORMAL and for the lines as BATCH', () => {
    expect(new Set(asked.map(({ operation, priority }) => `${operation} ${priority}`))).toEqual(
      new Set(['reserveStock HIGH', 'chargeCard NORMAL', 'bookLine BATCH']),
    );
  });

  it('never makes more calls than the ERP allows', async () => {
    const { worstWindowCalls, maxInFlight } = await run.legacyApi.figures();

    expect(worstWindowCalls).toBeLessThanOrEqual(20);
    expect(maxInFlight).toBeLessThanOrEqual(2);
  });
});
