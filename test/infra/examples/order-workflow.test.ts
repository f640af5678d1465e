import { App, Validations } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { OrderWorkflowStack } from '../../../examples/order-workflow/order-workflow-stack.js';
import { WITHOUT_BUNDLES } from '../support/synthesized.js';

function aStack() {
  const app = new App({ postCliContext: WITHOUT_BUNDLES, builtinCloudFormationValidation: false });
  const stack = new OrderWorkflowStack(app, 'orders', { erpUrl: 'https://erp.example.com' });
  return { app, stack };
}

describe('the stack of order-workflow', () => {
  const template = Template.fromStack(aStack().stack);

  it('lets the workflow of executions start and await those of one state machine, and send to no queue', () => {
    const policies = template.findResources('AWS::IAM::Policy', {
      Properties: { Roles: [{ Ref: Match.stringLikeRegexp('^OrderWithExecutionsRole') }] },
    });
    const [policy = ''] = Object.values(policies).map(({ Properties }) => JSON.stringify(Properties));

    expect(policy).toContain('states:StartExecution');
    expect(policy).toContain('states:DescribeExecution');
    expect(policy).toContain('StepFunctionsGetEventsForStepFunctionsExecutionRule');
    expect(policy).not.toContain('sqs:');
    expect(policy).not.toContain('states:*');
  });

  it('keeps what workflows carry, task tokens among it, out of their logs', () => {
    const machines = Object.values(template.findResources('AWS::StepFunctions::StateMachine'));

    expect(machines).toHaveLength(3);
    for (const { Properties } of machines)
      expect(Properties).toMatchObject({ LoggingConfiguration: { IncludeExecutionData: false } });
  });

  it("passes cdk-nag's AwsSolutions", () => {
    const { app } = aStack();
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));

    expect(() => app.synth()).not.toThrow();
  });
});
