import { Validations } from 'aws-cdk-lib';
import { AccountRootPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { AwsSolutionsChecks } from 'cdk-nag';
import { aTeamStack } from './support/synthesized.js';

it('a role that may operate an orchestrator passes the checks of AWS Solutions', () => {
  const { app, stack, orchestrator } = aTeamStack();
  orchestrator.grantOperate(new Role(stack, 'Operators', { assumedBy: new AccountRootPrincipal() }));
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));

  expect(() => app.synth()).not.toThrow();
});
