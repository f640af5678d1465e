// Goal: the README's call in a state machine of one's own works where it is pasted.
import { compileFunction } from 'node:vm';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { DefinitionBody, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { blocksOf } from '../../support/documents.js';
import { aTeamStack } from '../support/synthesized.js';

const [snippet] = blocksOf('README.md', 'ts').filter(({ text }) => text.includes('callTask'));

it('the README’s call stands in a state machine that the worker may resume', () => {
  const { app, stack, orchestrator } = aTeamStack();
  const names = ['orchestrator', 'StateMachine', 'DefinitionBody'];

  // It is written for a constructor, whose `this` is the stack.
  compileFunction(snippet?.text ?? '', names).call(stack, orchestrator, StateMachine, DefinitionBody);
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
