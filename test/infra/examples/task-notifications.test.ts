import { App, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ROUTES } from '../../../examples/task-notifications/service/routes.js';
import { TaskNotificationsStack } from '../../../examples/task-notifications/task-notifications-stack.js';
import { WITHOUT_BUNDLES } from '../support/synthesized.js';

function aStack() {
  const app = new App({ postCliContext: WITHOUT_BUNDLES, builtinCloudFormationValidation: false });
  const stack = new TaskNotificationsStack(app, 'tasks', { mailUrl: 'https://mail.example.com' });
  return { app, stack };
}

describe('the stack of task-notifications', () => {
  const template = Template.fromStack(aStack().stack);

  it('lets nobody in without a signature, on any route', () => {
    const routes = Object.values(template.findResources('AWS::ApiGatewayV2::Route')).map(
      ({ Properties }) => Properties as { readonly RouteKey: string; readonly AuthorizationType: string },
    );

    expect(routes.map(({ RouteKey }) => RouteKey).sort()).toEqual(Object.keys(ROUTES).sort());
    expect(new Set(routes.map(({ AuthorizationType }) => AuthorizationType))).toEqual(new Set(['AWS_IAM']));
  });

  it('lets the service start, describe and stop executions of one state machine only', () => {
    const statements = Object.values(template.findResources('AWS::IAM::Policy'))
      .map(({ Properties }) => JSON.stringify(Properties))
      .filter((policy) => policy.includes('ServiceRole'));

    expect(statements).toHaveLength(1);
    expect(statements[0]).toContain('states:StartExecution');
    expect(statements[0]).not.toMatch(/"(Action|Resource)":"\*"|states:\*|dynamodb:\*/);
  });

  it('sends mails as the provider allows, and each once', () => {
    const workers = template.findResources('AWS::Lambda::Function', {
      Properties: { ReservedConcurrentExecutions: 4 },
    });
    const [config = ''] = Object.values(workers).map(({ Properties }) => JSON.stringify(Properties));

    expect(config).toContain(String.raw`\"limits\":[{\"calls\":20,\"windowMs\":1000}]`);
    expect(config).toContain(String.raw`\"effect\":\"once\"`);
  });

  it("passes cdk-nag's AwsSolutions", () => {
    const { app } = aStack();
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));

    expect(() => app.synth()).not.toThrow();
  });
});
