import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Pass, QueryLanguage } from 'aws-cdk-lib/aws-stepfunctions';
import { rateLimitedCallDefinition } from '../../infra/rate-limited-call.js';
import { RateLimitedOrchestrator } from '../../infra/rate-limited-orchestrator.js';
import { parseConfig } from '../../lambdas/core/config/parse-config.js';
import { TASK_ERRORS } from '../../lambdas/core/contracts/task-errors.js';
import { aLegacyApi } from './support/a-legacy-api.js';
import { aTeamStack, aWorkflow, resolved, WITHOUT_BUNDLES } from './support/synthesized.js';

type States = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

function statesOf(stack: Stack): States {
  const machines = Template.fromStack(stack).findResources('AWS::StepFunctions::StateMachine');
  const [, workflow] = Object.entries(machines).find(([id]) => id.startsWith('Workflow')) ?? [];
  const { DefinitionString } = (workflow as { readonly Properties: { readonly DefinitionString: unknown } })
    .Properties;
  return (JSON.parse(resolved(DefinitionString)) as { readonly States: States }).States;
}

describe('callTask', () => {
  it('waits exactly as rate-limited-call does: the same retries, and the timeout of its class', () => {
    const { stack, orchestrator } = aTeamStack();
    const call = orchestrator.callTask(stack, 'Create order', { operation: 'createOrder', priority: 'HIGH' });
    orchestrator.serve(aWorkflow(stack, call));

    const state = statesOf(stack)['Create order'];

    const config = parseConfig(aLegacyApi());
    const file = JSON.parse(rateLimitedCallDefinition(config)) as { readonly States: States };
    expect(state?.['Retry']).toEqual(file.States['Call']?.['Retry']);
    expect(state?.['HeartbeatSeconds']).toBe(config.priorities.HIGH.taskTimeoutSeconds);
    expect(state?.['TimeoutSeconds']).toBe(config.priorities.HIGH.taskTimeoutSeconds + 1);
  });

  it.each([
    ['HIGH', true],
    ['NORMAL', true],
    [undefined, true],
    ['BATCH', false],
  ] as const)('precedes a %s call with a bell: %s', (priority, rings) => {
    const { stack, orchestrator } = aTeamStack();
    const call = orchestrator.callTask(stack, 'Ask', {
      operation: 'getOrder',
      ...(priority === undefined ? {} : { priority }),
    });
    orchestrator.serve(aWorkflow(stack, call));

    expect(Object.keys(statesOf(stack))).toEqual(rings ? ['Ring for Ask', 'Ask'] : ['Ask']);
  });

  it('waits until its call is due before it rings', () => {
    const { stack, orchestrator } = aTeamStack();
    const notBefore = '{% $states.input.at %}';
    const call = orchestrator.callTask(stack, 'Ask', { operation: 'getOrder', notBefore });
    orchestrator.serve(aWorkflow(stack, call));

    const states = statesOf(stack);

    expect(Object.keys(states)).toEqual(['Wait until Ask is due', 'Ring for Ask', 'Ask']);
    expect(states['Wait until Ask is due']).toEqual({
      Type: 'Wait',
      Timestamp: notBefore,
      Next: 'Ring for Ask',
    });
  });

  it('rings or not as it is told', () => {
    const { stack, orchestrator } = aTeamStack();
    const quiet = orchestrator.callTask(stack, 'A', { operation: 'getOrder', ring: false });
    const loud = orchestrator.callTask(stack, 'B', { operation: 'getOrder', priority: 'BATCH', ring: true });
    orchestrator.serve(aWorkflow(stack, quiet.next(loud)));

    expect(Object.keys(statesOf(stack))).toEqual(['A', 'Ring for B', 'B']);
  });

  it('goes on without a bell that cannot be rung, with the same input', () => {
    const { stack, orchestrator } = aTeamStack();
    orchestrator.serve(aWorkflow(stack, orchestrator.callTask(stack, 'Ask', { operation: 'getOrder' })));

    expect(statesOf(stack)['Ring for Ask']).toMatchObject({
      Output: '{% $states.input %}',
      Catch: [{ ErrorEquals: ['States.ALL'], Output: '{% $states.input %}', Next: 'Ask' }],
      Next: 'Ask',
    });
  });

  it('lets a workflow in JSONPath call too, and catch what it names', () => {
    const { stack, orchestrator } = aTeamStack();
    const call = orchestrator.callTask(stack, 'Charge', {
      operation: 'chargeCard',
      idempotencyKey: '{% $states.input.chargeId %}',
    });
    const workflow = call
      .addCatch(new Pass(stack, 'Look it up'), { errors: [TASK_ERRORS.outcomeUnknown] })
      .next(new Pass(stack, 'Done'));
    orchestrator.serve(aWorkflow(stack, workflow, QueryLanguage.JSON_PATH));

    expect(statesOf(stack)['Charge']).toMatchObject({
      QueryLanguage: 'JSONata',
      Catch: [{ ErrorEquals: [TASK_ERRORS.outcomeUnknown], Next: 'Look it up' }],
      Next: 'Done',
    });
  });

  it('sets variables from the result, and passes on what it is told to', () => {
    const { stack, orchestrator } = aTeamStack();
    const call = orchestrator.callTask(stack, 'Ask', {
      operation: 'getOrder',
      assign: { found: '{% $states.result %}' },
      outputs: '{% $states.input %}',
    });
    orchestrator.serve(aWorkflow(stack, call));

    expect(statesOf(stack)['Ask']).toMatchObject({
      Assign: { found: '{% $states.result %}' },
      Output: '{% $states.input %}',
    });
  });

  it('lets the workflow send to the queue of its class and to the doorbell, and to no other queue', () => {
    const { stack, orchestrator } = aTeamStack();
    orchestrator.serve(
      aWorkflow(stack, orchestrator.callTask(stack, 'Ask', { operation: 'getOrder', priority: 'HIGH' })),
    );

    const policies = Template.fromStack(stack).findResources('AWS::IAM::Policy', {
      Properties: { Roles: [{ Ref: Match.stringLikeRegexp('^WorkflowRole') }] },
    });

    const queues = JSON.stringify(policies).match(/LegacyApi(Queues\w+|DoorbellQueue)(?=[0-9A-F]{8}")/g);
    expect(queues?.sort()).toEqual(['LegacyApiDoorbellQueue', 'LegacyApiQueuesHIGH']);
  });

  it('is refused at synthesis in a state machine that the worker may not resume', () => {
    const { app, stack, orchestrator } = aTeamStack();
    aWorkflow(stack, orchestrator.callTask(stack, 'Ask', { operation: 'getOrder' }));

    expect(() => app.synth()).toThrow(
      'state machine Team/Workflow makes calls that nobody may resume; pass it to serve() of Team/LegacyApi',
    );
  });

  it('is refused with every fault that is known at synthesis', () => {
    const { stack, orchestrator } = aTeamStack();

    expect(() => orchestrator.callTask(stack, 'A', { operation: 'dropOrder' })).toThrow(
      'operation: expected one of createOrder, getOrder, chargeCard but got dropOrder',
    );
    expect(() => orchestrator.callTask(stack, 'B', { operation: 'chargeCard' })).toThrow(
      'idempotencyKey: missing',
    );
    expect(() =>
      orchestrator.callTask(stack, 'C', { operation: 'getOrder', orderingKey: 'a', lookup: true }),
    ).toThrow(
      /orderingKey: no order is kept here; configure ordering as perKey.*orderingKey: a lookup changes nothing/s,
    );
  });
});

describe('serve', () => {
  it('lets the worker resume the workflow, and rings when an execution starts', () => {
    const { stack, orchestrator } = aTeamStack();
    const workflow = aWorkflow(stack, orchestrator.callTask(stack, 'Ask', { operation: 'getOrder' }));
    orchestrator.serve(workflow);
    orchestrator.serve(workflow);

    const template = Template.fromStack(stack);

    template.hasResourceProperties('AWS::IAM::Policy', {
      Roles: [{ Ref: Match.stringLikeRegexp('WorkerRole') }],
      PolicyDocument: {
        Statement: [Match.objectLike({ Resource: { Ref: Match.stringLikeRegexp('^Workflow') } })],
      },
    });
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: { detail: { stateMachineArn: [{ Ref: Match.stringLikeRegexp('^Workflow') }] } },
    });
    template.resourceCountIs('AWS::Events::Rule', 3);
    expect(stack.node.tryFindChild('Workflow')).toBe(workflow);
  });

  it('reaches a workflow in another stack without making the orchestrator’s stack depend on it', () => {
    const app = new App({ postCliContext: WITHOUT_BUNDLES, builtinCloudFormationValidation: false });
    const orchestrator = new RateLimitedOrchestrator(new Stack(app, 'Platform'), 'LegacyApi', {
      config: aLegacyApi(),
    });
    const team = new Stack(app, 'Team');
    orchestrator.serve(aWorkflow(team, orchestrator.callTask(team, 'Ask', { operation: 'getOrder' })));

    app.synth();

    Template.fromStack(team).resourceCountIs('AWS::Events::Rule', 1);
    expect(Stack.of(orchestrator).dependencies).toEqual([]);
  });

  it('keeps beside a workflow in another stack what lets worker and dead-letter function end its tasks', () => {
    const app = new App({ postCliContext: WITHOUT_BUNDLES, builtinCloudFormationValidation: false });
    const platform = new Stack(app, 'Platform');
    const orchestrator = new RateLimitedOrchestrator(platform, 'LegacyApi', { config: aLegacyApi() });
    const team = new Stack(app, 'Team');
    orchestrator.serve(aWorkflow(team, orchestrator.callTask(team, 'Ask', { operation: 'getOrder' })));

    const template = Template.fromStack(team);

    const mayEnd = (...actions: readonly string[]) =>
      template.hasResourceProperties('AWS::IAM::Policy', {
        PolicyDocument: {
          Statement: [
            { Effect: 'Allow', Action: actions, Resource: { Ref: Match.stringLikeRegexp('^Workflow') } },
          ],
        },
      });
    mayEnd('states:SendTaskSuccess', 'states:SendTaskFailure', 'states:SendTaskHeartbeat');
    mayEnd('states:SendTaskSuccess', 'states:SendTaskFailure');
    expect(JSON.stringify(Template.fromStack(platform).toJSON())).not.toContain('Workflow');
  });
});
