import { Template } from 'aws-cdk-lib/assertions';
import {
  Choice,
  Condition,
  Map as MapState,
  type StateMachine,
  Succeed,
} from 'aws-cdk-lib/aws-stepfunctions';
import { BELL_BODY } from '../../../lambdas/core/contracts/doorbell.js';
import { TASK_ERRORS } from '../../../lambdas/core/contracts/task-errors.js';
import type { CallTaskProps } from '../../../infra/call-task.js';
import { aTeamStack, aWorkflow, resolved } from '../../infra/support/synthesized.js';
import { TestService } from '../support/service.js';
import { lastRequest, rateLimitedCall, sentBy } from './support/definition.js';

type Team = ReturnType<typeof aTeamStack>;

/** The definition of a workflow that a team builds with the construct, as CloudFormation leaves it. */
function definitionOf(build: (team: Team) => StateMachine, ordering?: 'perKey'): string {
  const team = aTeamStack({ ordering });
  team.orchestrator.serve(build(team));
  const machines = Template.fromStack(team.stack).findResources('AWS::StepFunctions::StateMachine');
  const [, workflow] = Object.entries(machines).find(([id]) => id.startsWith('Workflow')) ?? [];
  const { DefinitionString } = (workflow as { readonly Properties: { readonly DefinitionString: unknown } })
    .Properties;
  return resolved(DefinitionString);
}

const oneCall = (props: CallTaskProps, ordering?: 'perKey') =>
  definitionOf(
    ({ stack, orchestrator }) => aWorkflow(stack, orchestrator.callTask(stack, 'Create order', props)),
    ordering,
  );

describe('a call inside a workflow', () => {
  it('sends the same fields as rate-limited-call', async () => {
    const own = new TestService();
    const embedded = new TestService();
    const given = {
      operation: 'createOrder',
      payload: { id: 7 },
      tenant: 'acme',
      deadline: '2030-01-31T12:00:00Z',
      idempotencyKey: 'order/7',
    };

    await own.start(rateLimitedCall(), given);
    await embedded.start(oneCall({ ...given, ring: false }), { anything: 'else' });

    const { execution } = lastRequest(embedded);
    expect(lastRequest(embedded)).toEqual({
      ...lastRequest(own),
      taskToken: embedded.token(),
      callId: `${execution.split(':').at(-1) ?? ''}/Create order`,
      execution,
      state: 'Create order',
    });
  });

  it.each(['acme', "{% 'ac' & 'me' %}"])('sends the group of its tenant, given as %s', async (tenant) => {
    const [own, embedded] = [new TestService(), new TestService()];

    await own.start(rateLimitedCall(), { operation: 'createOrder', tenant: 'acme' });
    await embedded.start(oneCall({ operation: 'createOrder', tenant, ring: false }), {});

    expect(sentBy(embedded)[0]?.MessageGroupId).toBe(sentBy(own)[0]?.MessageGroupId);
    expect(sentBy(embedded)[0]?.MessageGroupId).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each(['acme', "{% 'ac' & 'me' %}"])(
    'takes its place in the order of its key, given as %s',
    async (orderingKey) => {
      const [own, embedded] = [new TestService(), new TestService()];

      await own.start(rateLimitedCall({ ordering: 'perKey' }), {
        operation: 'createOrder',
        orderingKey: 'acme',
      });
      await embedded.start(oneCall({ operation: 'createOrder', orderingKey, ring: false }, 'perKey'), {});

      expect(sentBy(embedded)[0]).toMatchObject({
        MessageGroupId: sentBy(own)[0]?.MessageGroupId,
        MessageDeduplicationId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      });
      expect(lastRequest(embedded).orderingKey).toBe('acme');
    },
  );

  it('waits for no other call where order is kept and it has no key', async () => {
    const service = new TestService();

    await service.start(oneCall({ operation: 'createOrder', tenant: 'acme', ring: false }, 'perKey'), {});

    expect(sentBy(service)[0]?.MessageGroupId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('rings before it sends, and still sees its own input', async () => {
    const service = new TestService();

    const executionArn = await service.start(
      oneCall({ operation: 'createOrder', payload: '{% $states.input.order %}', priority: 'HIGH' }),
      { order: { id: 7 } },
    );

    const [bell, message, ...others] = sentBy(service);
    expect(bell?.QueueUrl).toContain('Doorbell');
    expect(bell?.MessageBody).toBe(BELL_BODY);
    expect(message?.QueueUrl).toContain('QueuesHIGH');
    expect(lastRequest(service)).toMatchObject({
      operation: 'createOrder',
      payload: { id: 7 },
      priority: 'HIGH',
    });
    expect(others).toEqual([]);
    const entered = (await service.eventTypes(executionArn)).filter((type) => type.endsWith('StateEntered'));
    expect(entered).toHaveLength(2);
  });

  it('is sent even if the bell cannot be rung', async () => {
    const sent: unknown[] = [];
    const service = new TestService({
      integrations: {
        'arn:aws:states:::sqs:sendMessage': (args) => {
          if ((args as { MessageBody: unknown }).MessageBody === BELL_BODY)
            return Promise.reject(new Error('no answer'));
          sent.push(args);
          return Promise.resolve({});
        },
      },
    });

    const executionArn = await service.start(
      oneCall({ operation: 'createOrder', payload: '{% $states.input %}' }),
      {
        id: 7,
      },
    );

    expect(sent).toMatchObject([{ MessageBody: { payload: { id: 7 } } }]);
    expect(await service.describe(executionArn)).toMatchObject({ status: 'RUNNING' });
  });

  it('returns the result to the next state', async () => {
    const service = new TestService();
    const executionArn = await service.start(oneCall({ operation: 'createOrder' }));

    await service.succeed(service.token(), { id: 7 });

    expect(await service.describe(executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '{"id":7}' });
  });

  it('lets the workflow catch an unknown outcome by name', async () => {
    const service = new TestService();
    const definition = definitionOf(({ stack, orchestrator }) =>
      aWorkflow(
        stack,
        orchestrator
          .callTask(stack, 'Charge', { operation: 'chargeCard', idempotencyKey: '{% $states.input.key %}' })
          .addCatch(new Succeed(stack, 'Look it up'), { errors: [TASK_ERRORS.outcomeUnknown] }),
      ),
    );
    const executionArn = await service.start(definition, { key: 'charge/7' });

    await service.fail(service.token(), TASK_ERRORS.outcomeUnknown, 'connection lost');

    expect(await service.describe(executionArn)).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('names the calls of a Map apart', async () => {
    const service = new TestService();
    const definition = definitionOf(({ stack, orchestrator }) =>
      aWorkflow(
        stack,
        MapState.jsonata(stack, 'Each').itemProcessor(
          orchestrator.callTask(stack, 'Get', { operation: 'getOrder', ring: false }),
        ),
      ),
    );

    await service.start(definition, ['a', 'b']);

    const bodies = sentBy(service).map(({ MessageBody }) => MessageBody);
    expect(bodies.map(({ callId }) => callId)).toEqual([
      expect.stringMatching('/Get/0$'),
      expect.stringMatching('/Get/1$'),
    ]);
    expect(new Set(bodies.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(2);
  });

  it('names the visits of a loop apart, and the attempts of one visit the same', async () => {
    const service = new TestService();
    const definition = definitionOf(({ stack, orchestrator }) => {
      const call = orchestrator.callTask(stack, 'Get', { operation: 'getOrder', ring: false });
      const again = Choice.jsonata(stack, 'Again?')
        .when(Condition.jsonata("{% $states.input.status = 'open' %}"), call)
        .otherwise(new Succeed(stack, 'Done'));
      return aWorkflow(stack, call.next(again));
    });
    await service.start(definition);
    const first = lastRequest(service);

    await service.fail(service.token(), TASK_ERRORS.unavailable, 'refused');
    await service.timers.advance(60_000);
    const retried = lastRequest(service);
    await service.succeed(service.token(), { status: 'open' });
    const second = lastRequest(service);

    expect(retried.taskToken).not.toBe(first.taskToken);
    expect(retried.idempotencyKey).toBe(first.idempotencyKey);
    expect(second.idempotencyKey).not.toBe(first.idempotencyKey);
    expect(service.sent).toHaveLength(3);
  });
});
