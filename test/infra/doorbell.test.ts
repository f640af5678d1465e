import { Match } from 'aws-cdk-lib/assertions';
import { parseConfig } from '../../lambdas/core/config/parse-config.js';
import { timingsOf } from '../../lambdas/core/config/timings.js';
import { BELL_BODY } from '../../lambdas/core/contracts/doorbell.js';
import { aLegacyApi } from './support/a-legacy-api.js';
import { templateOf } from './support/synthesized.js';

const doorbell = { 'Fn::GetAtt': [Match.stringLikeRegexp('DoorbellQueue'), 'Arn'] };

describe('the doorbell', () => {
  const template = templateOf();
  const timings = timingsOf(parseConfig(aLegacyApi()));

  it('and the dead letters alone have an event source mapping: the priority queues have none', () => {
    const mappings = template.findResources('AWS::Lambda::EventSourceMapping');
    const sources = Object.values(mappings).map((mapping) => JSON.stringify(mapping['Properties']));

    expect(sources.filter((source) => source.includes('DoorbellQueue'))).toHaveLength(1);
    expect(sources.filter((source) => source.includes('DeadLettersQueue'))).toHaveLength(1);
    expect(sources).toHaveLength(2);
  });

  it('has a mapping that waits for no batch to fill', () => {
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      EventSourceArn: doorbell,
      BatchSize: 10,
      MaximumBatchingWindowInSeconds: Match.absent(),
      FunctionResponseTypes: Match.absent(),
      Enabled: Match.absent(),
    });
  });

  it.each([
    [1, 2],
    [2, 2],
    [20, 20],
  ])('lets the mapping of %d slots start %d invocations at once', (slots, expected) => {
    const template = templateOf(aLegacyApi({ slots }));

    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      EventSourceArn: doorbell,
      ScalingConfig: { MaximumConcurrency: expected },
    });
  });

  it('hides a bell at least as long as its slot can run, and keeps it little longer', () => {
    template.hasResourceProperties('AWS::Lambda::Function', { Timeout: timings.functionTimeoutSeconds });
    template.hasResourceProperties('AWS::SQS::Queue', {
      VisibilityTimeout: timings.doorbellVisibilitySeconds,
      MessageRetentionPeriod: timings.doorbellRetentionSeconds,
      RedrivePolicy: Match.absent(),
    });

    expect(timings.doorbellVisibilitySeconds).toBeGreaterThanOrEqual(timings.functionTimeoutSeconds);
  });

  it('is rung by the rules of this account and of no other', () => {
    template.hasResourceProperties('AWS::SQS::QueuePolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          {
            Effect: 'Allow',
            Action: 'sqs:SendMessage',
            Principal: { Service: 'events.amazonaws.com' },
            Resource: doorbell,
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          },
        ]),
      },
    });
  });
});

describe('the ringers', () => {
  const template = templateOf();
  const bell = [
    Match.objectLike({
      Arn: doorbell,
      Input: JSON.stringify(BELL_BODY),
      InputPath: Match.absent(),
      InputTransformer: Match.absent(),
    }),
  ];

  it('ring when an execution of the state machine starts, with a bell that says nothing of it', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.states'],
        'detail-type': ['Step Functions Execution Status Change'],
        detail: { status: ['RUNNING'], stateMachineArn: [{ Ref: Match.stringLikeRegexp('LegacyApiCall') }] },
      },
      State: 'ENABLED',
      Targets: bell,
    });
  });

  it('ring every minute whatever happened', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: 'rate(1 minute)',
      State: 'ENABLED',
      Targets: bell,
    });
  });

  it('are these two and no more', () => {
    template.resourceCountIs('AWS::Events::Rule', 2);
  });
});
