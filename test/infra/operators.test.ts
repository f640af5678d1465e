import { Stack, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AccountRootPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { Pass } from 'aws-cdk-lib/aws-stepfunctions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { RateLimitedOrchestrator } from '../../infra/rate-limited-orchestrator.js';
import { TABLE_KEYS } from '../../lambdas/core/contracts/table.js';
import { aLegacyApi } from './support/a-legacy-api.js';
import { policiesOf, statementsOf } from './support/policies.js';
import { aTeamStack, aWorkflow } from './support/synthesized.js';

const WITH_EVERYTHING = {
  batchLoad: {},
  priorities: { BATCH: { tenantAllowance: { calls: 60, windowSeconds: 60 } } },
} as const;

const operators = (stack: Stack) => new Role(stack, 'Operators', { assumedBy: new AccountRootPrincipal() });

/** Those of all policies of the operators that allow this. */
const statementsFor = (stack: Stack, action: string) =>
  statementsOf(Template.fromStack(stack), /^Operators/).filter(({ actions }) => actions.includes(action));

/** What operators may do this to, without the hashes in the logical IDs. */
const resourcesFor = (stack: Stack, action: string) =>
  statementsFor(stack, action)
    .flatMap(({ resource }) => [...JSON.stringify(resource).matchAll(/"(?:Ref|Fn::GetAtt)":\[?"(\w+)"/g)])
    .map(([, id = '']) => id.replace(/[0-9A-F]{8}$/, ''))
    .sort();

describe('a role that may operate an orchestrator', () => {
  it('passes the checks of AWS Solutions', () => {
    const { app, stack, orchestrator } = aTeamStack(WITH_EVERYTHING);
    orchestrator.grantOperate(operators(stack));
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));

    expect(() => app.synth()).not.toThrow();
  });

  it('may write the control record alone: neither the ledger nor the quota book nor slot records', () => {
    const { stack, orchestrator } = aTeamStack();
    orchestrator.grantOperate(operators(stack));

    expect(statementsFor(stack, 'dynamodb:UpdateItem').map(({ condition }) => condition)).toEqual([
      {
        'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [TABLE_KEYS.control('legacy-api').pk] },
      },
    ]);
  });

  it('may send to the queues of the classes and to the doorbell, and look at overflows too', () => {
    const { stack, orchestrator } = aTeamStack(WITH_EVERYTHING);
    orchestrator.grantOperate(operators(stack));

    const classes = ['LegacyApiQueuesBATCH', 'LegacyApiQueuesHIGH', 'LegacyApiQueuesNORMAL'];
    expect(resourcesFor(stack, 'sqs:SendMessage')).toEqual(['LegacyApiDoorbellQueue', ...classes]);
    expect(resourcesFor(stack, 'sqs:GetQueueAttributes')).toContain('LegacyApiQueuesBATCHOVERFLOW');
  });

  it.each(['before', 'after'])(
    'may ask about the tasks of every state machine that is served %s it is granted',
    (order) => {
      const { stack, orchestrator } = aTeamStack(WITH_EVERYTHING);
      const workflow = aWorkflow(stack, new Pass(stack, 'Nothing'));
      const steps = [() => orchestrator.serve(workflow), () => orchestrator.grantOperate(operators(stack))];
      for (const step of order === 'before' ? steps : steps.reverse()) step();

      expect(new Set(resourcesFor(stack, 'states:SendTaskHeartbeat'))).toEqual(
        new Set(['LegacyApiBatch', 'LegacyApiCall', 'Workflow']),
      );
    },
  );

  it('has one policy of each name, also where two orchestrators serve one state machine', () => {
    const { stack, orchestrator } = aTeamStack();
    const other = new RateLimitedOrchestrator(stack, 'Other', { config: aLegacyApi({ name: 'other' }) });
    const role = operators(stack);
    const workflow = aWorkflow(stack, new Pass(stack, 'Nothing'));
    for (const each of [orchestrator, other]) {
      each.serve(workflow);
      each.grantOperate(role);
      each.grantOperate(role);
    }

    const names = policiesOf(Template.fromStack(stack))
      .filter(({ roles }) => roles.some((id) => id.startsWith('Operators')))
      .map((policy) => policy.name);
    expect(new Set(names).size).toBe(names.length);
    // The role's own, one for each orchestrator's state machine, and one for the workflow.
    expect(names).toHaveLength(4);
  });

  it('may stand beside its orchestrator while a workflow that is served stands in another stack', () => {
    const { app, stack, orchestrator } = aTeamStack();
    const role = operators(stack);
    const elsewhere = new Stack(app, 'Elsewhere');
    const call = orchestrator.callTask(elsewhere, 'Order', { operation: 'createOrder' });
    orchestrator.grantOperate(role);

    orchestrator.serve(aWorkflow(elsewhere, call));

    expect(() => app.synth()).not.toThrow();
    expect(statementsOf(Template.fromStack(elsewhere))).toContainEqual(
      expect.objectContaining({
        actions: ['states:SendTaskHeartbeat'],
        resource: { Ref: expect.stringMatching(/^Workflow/) as string },
      }),
    );
  });
});
