import { App, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { EveryDoorStack } from '../../../examples/every-door/every-door-stack.js';
import { WITHOUT_BUNDLES } from '../support/synthesized.js';

function aStack() {
  const app = new App({ postCliContext: WITHOUT_BUNDLES, builtinCloudFormationValidation: false });
  const stack = new EveryDoorStack(app, 'doors', { apiUrl: 'https://api.example.com' });
  return { app, stack };
}

describe('the stack of every-door', () => {
  it('names every door in an output', () => {
    const outputs = Object.keys(Template.fromStack(aStack().stack).findOutputs('*'));

    expect(outputs).toEqual(
      expect.arrayContaining(
        ['StateMachineArn', 'IntakeUrl', 'BatchLoadArn', 'BatchBucketName'].map((name) => `OrdersApi${name}`),
      ),
    );
  });

  it("passes cdk-nag's AwsSolutions", () => {
    const { app } = aStack();
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));

    expect(() => app.synth()).not.toThrow();
  });
});
