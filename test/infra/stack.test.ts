import { Validations } from 'aws-cdk-lib';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { buildApp } from '../../infra/build-app.js';
import { TABLE } from '../../lambdas/core/contracts/table.js';
import { aLegacyApi } from './support/a-legacy-api.js';
import { anApp, stackOf, templateOf, WITHOUT_BUNDLES } from './support/synthesized.js';

describe('the stack', () => {
  const template = templateOf();

  it.each([
    ['', WITHOUT_BUNDLES],
    [', also with FIFO queues', { ...WITHOUT_BUNDLES, orchestrators: [aLegacyApi({ ordering: 'perKey' })] }],
  ])('passes the checks of AWS Solutions and of CloudFormation itself%s', (_what, context) => {
    const app = buildApp({ context, validate: true });
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));

    expect(() => app.synth()).not.toThrow();
  });

  it('has a table with the contract’s key and time to live, restorable, paid by use, and kept when the stack goes', () => {
    template.hasResource('AWS::DynamoDB::Table', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        KeySchema: [
          { AttributeName: TABLE.partitionKey, KeyType: 'HASH' },
          { AttributeName: TABLE.sortKey, KeyType: 'RANGE' },
        ],
        TimeToLiveSpecification: { AttributeName: TABLE.timeToLive, Enabled: true },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        BillingMode: 'PAY_PER_REQUEST',
      },
    });
  });

  it('logs every step of the state machine but no data, which would show task tokens', () => {
    template.allResourcesProperties('AWS::StepFunctions::StateMachine', {
      LoggingConfiguration: Match.objectLike({ Level: 'ALL', IncludeExecutionData: false }),
      TracingConfiguration: { Enabled: true },
      StateMachineType: Match.absent(),
    });
    template.hasResourceProperties('AWS::Logs::LogGroup', {
      LogGroupName: Match.stringLikeRegexp('^/aws/vendedlogs/states/'),
      RetentionInDays: 30,
    });
  });

  it('says where everything is', () => {
    expect(Object.keys(template.findOutputs('*')).sort()).toEqual(
      [
        'AlarmTopicArn',
        'DashboardName',
        'DeadLetterUrl',
        'DoorbellUrl',
        'ParkedUrl',
        'QueueUrlBatch',
        'QueueUrlHigh',
        'QueueUrlNormal',
        'StateMachineArn',
        'TableName',
        'WorkerName',
      ].map((name) => `LegacyApi${name}`),
    );
  });

  it('holds an orchestrator for each legacy API, which share nothing', () => {
    const both = templateOf(aLegacyApi(), aLegacyApi({ name: 'mail-provider' }));

    both.resourceCountIs('AWS::Lambda::Function', 4);
    both.resourceCountIs('AWS::SQS::Queue', 12);
    both.hasOutput('MailProviderStateMachineArn', {});
    expect(JSON.stringify(resourcesOf(both, 'MailProvider'))).not.toMatch(/"(Ref|Fn::GetAtt)":\[?"LegacyApi/);
  });

  it('is the same in every account and Region', () => {
    const stack = stackOf(anApp());

    expect([stack.environment, stack.account.startsWith('${Token')]).toEqual([
      'aws://unknown-account/unknown-region',
      true,
    ]);
  });

  it('stays as it is unless somebody changes it on purpose', () => {
    const snapshot = JSON.stringify(template.toJSON(), undefined, 2).replace(/[0-9a-f]{64}/g, 'ASSET_HASH');

    expect(JSON.parse(snapshot)).toMatchSnapshot();
  });
});

function resourcesOf(template: Template, prefix: string): Record<string, unknown> {
  const { Resources } = template.toJSON() as { readonly Resources: Readonly<Record<string, unknown>> };
  return Object.fromEntries(Object.entries(Resources).filter(([id]) => id.startsWith(prefix)));
}
