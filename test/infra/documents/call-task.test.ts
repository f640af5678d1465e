// Goal: the README's call in a state machine of one's own works where it is pasted.
import { compileFunction } from 'node:vm';
import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { DefinitionBody, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { RateLimitedOrchestrator } from '../../../infra/rate-limited-orchestrator.js';
import { blocksOf } from '../../support/documents.js';
import { aLegacyApi } from '../support/a-legacy-api.js';
import { WITHOUT_BUNDLES } from '../support/synthesized.js';

const [snippet] = blocksOf('README.md', 'ts').filter(({ text }) => text.includes('callTask'));

it('the README’s call stands in a state machine that the worker may resume', () => {
  const app = new App({ postCliContext: WITHOUT_BUNDLES, builtinCloudFormationValidation: false });
  const stack = new Stack(app, 'Team');
  const known = { RateLimitedOrchestrator, StateMachine, DefinitionBody, config: aLegacyApi() };

  // It is written for a constructor, whose `this` is the stack.
  const body = snippet?.text.replaceAll(/^import .*$/gm, '') ?? '';
  compileFunction(body, Object.keys(known)).call(stack, ...Object.values(known));
  app.synth();

  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::StepFunctions::StateMachine', 2);
  const [workflow = ''] = Object.keys(template.findResources('AWS::StepFunctions::StateMachine')).filter(
    (id) => id.startsWith('Workflow'),
  );
  template.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({
          Action: ['states:SendTaskSuccess', 'states:SendTaskFailure', 'states:SendTaskHeartbeat'],
          Resource: { Ref: workflow },
        }),
      ]),
    },
  });
});
