import { Validations } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { AwsSolutionsChecks } from 'cdk-nag';
import { buildApp } from '../../infra/build-app.js';
import { alarmsOf } from './support/named-metrics.js';
import { aLegacyApi } from './support/a-legacy-api.js';
import { statementsOf } from './support/policies.js';
import { aTeamStack, resolved, templateOf, WITHOUT_BUNDLES } from './support/synthesized.js';

const SOURCE = 'rate-limited-orchestrator.legacy-api';

describe('calls that events request', () => {
  const template = templateOf(aLegacyApi({ events: { busName: 'orders' } }));

  it('are possible only where the configuration says so', () => {
    expect(JSON.stringify(templateOf(aLegacyApi()).toJSON())).not.toContain('LegacyCallRequested');
  });

  it('pass the checks of AWS Solutions and of CloudFormation itself', () => {
    const context = { ...WITHOUT_BUNDLES, orchestrators: [aLegacyApi({ events: {} })] };
    const app = buildApp({ context, validate: true });
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));

    expect(() => app.synth()).not.toThrow();
  });

  it('come by a rule on the configured bus, and what cannot be delivered is kept for people', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      EventBusName: Match.anyValue(),
      EventPattern: { source: [SOURCE], 'detail-type': ['LegacyCallRequested'] },
      Targets: [
        Match.objectLike({
          Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('EventsQueue'), 'Arn'] },
          DeadLetterConfig: {
            Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('EventsUndelivered'), 'Arn'] },
          },
          Input: Match.absent(),
        }),
      ],
    });
    template.hasResourceProperties('AWS::SQS::Queue', {
      RedrivePolicy: {
        deadLetterTargetArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('EventsUndelivered'), 'Arn'] },
        maxReceiveCount: 20,
      },
    });
  });

  it('are answered when their executions end, and no other execution is heard of', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      EventBusName: Match.absent(),
      EventPattern: {
        source: ['aws.states'],
        detail: {
          stateMachineArn: [{ Ref: Match.stringLikeRegexp('LegacyApiCall') }],
          status: ['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'],
          name: [{ prefix: 'event-' }],
        },
      },
    });
  });

  it('let their function start and read these executions and put answers on this bus, and nothing else', () => {
    const statements = statementsOf(template, /EventsRole/).filter(
      ({ actions }) => !actions.some((action) => /^(xray|logs|sqs):/.test(action)),
    );

    expect(
      statements.map(({ actions, resource, condition }) => [actions.join(), resolved(resource), condition]),
    ).toEqual([
      ['states:StartExecution', expect.stringMatching(/^LegacyApiCall\w+$/), undefined],
      [
        'states:DescribeExecution',
        expect.stringMatching(/:execution:LegacyApiCall\w+\.Name:event-\*$/),
        undefined,
      ],
      [
        'events:PutEvents',
        expect.stringMatching(/:event-bus\/orders$/),
        {
          StringEquals: {
            'events:source': SOURCE,
            'events:detail-type': ['LegacyCallSucceeded', 'LegacyCallFailed'],
          },
        },
      ],
    ]);
  });

  it('wake people when one could not be handled', () => {
    const names = [...alarmsOf(template).values()].map(({ AlarmName }) => AlarmName);

    expect(names).toContain('rate-limited-orchestrator-legacy-api-events-undelivered');
  });

  it('may be requested by whoever is granted it, with no other event', () => {
    const { stack, orchestrator } = aTeamStack({ events: {} });
    const shop = new Role(stack, 'Shop', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    orchestrator.events?.grantRequest(shop);

    expect(statementsOf(Template.fromStack(stack), /Shop/)).toEqual([
      expect.objectContaining({
        actions: ['events:PutEvents'],
        condition: {
          StringEquals: { 'events:source': SOURCE, 'events:detail-type': ['LegacyCallRequested'] },
        },
      }),
    ]);
  });
});
