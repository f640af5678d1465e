import { Match } from 'aws-cdk-lib/assertions';
import { parseConfig } from '../../lambdas/core/config/parse-config.js';
import { timingsOf } from '../../lambdas/core/config/timings.js';
import { PRIORITIES } from '../../lambdas/core/contracts/priority.js';
import { aLegacyApi } from './support/a-legacy-api.js';
import { templateOf } from './support/synthesized.js';

describe('the queues', () => {
  const template = templateOf();
  const queues = Object.entries(template.findResources('AWS::SQS::Queue'));
  const timings = timingsOf(parseConfig(aLegacyApi()));

  it('are three priority queues, one for their dead letters, one for parked messages, and the doorbell', () => {
    expect(queues).toHaveLength(6);
  });

  it.each(PRIORITIES)(
    'keeps %s messages longer than their tasks wait, and dead letters longest',
    (priority) => {
      template.hasResourceProperties('AWS::SQS::Queue', {
        MessageRetentionPeriod: timings.queueRetentionSeconds[priority],
        VisibilityTimeout: timings.visibilityTimeoutSeconds,
        RedrivePolicy: {
          deadLetterTargetArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('DeadLettersQueue'), 'Arn'] },
          maxReceiveCount: parseConfig(aLegacyApi()).maxReceiveCount,
        },
      });
      template.hasResourceProperties('AWS::SQS::Queue', {
        MessageRetentionPeriod: timings.deadLetterRetentionSeconds,
      });
    },
  );

  it('are encrypted at rest, all of them', () => {
    template.allResourcesProperties('AWS::SQS::Queue', { SqsManagedSseEnabled: true });
  });

  it('refuse every access without TLS, all of them', () => {
    const policies = Object.values(template.findResources('AWS::SQS::QueuePolicy', WITHOUT_TLS_DENIED));

    expect(policies).toHaveLength(queues.length);
  });
});

const WITHOUT_TLS_DENIED = {
  Properties: {
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({
          Effect: 'Deny',
          Action: 'sqs:*',
          Principal: { AWS: '*' },
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        }),
      ]),
    },
  },
};
