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

  it('are standard queues, all of them', () => {
    expect(JSON.stringify(queues)).not.toMatch(/fifo/i);
  });

  it('are encrypted at rest, all of them', () => {
    template.allResourcesProperties('AWS::SQS::Queue', { SqsManagedSseEnabled: true });
  });

  it('refuse every access without TLS, all of them', () => {
    const policies = Object.values(template.findResources('AWS::SQS::QueuePolicy', WITHOUT_TLS_DENIED));

    expect(policies).toHaveLength(queues.length);
  });
});

describe('the queues of an orchestrator that keeps order', () => {
  const ordered = templateOf(aLegacyApi({ ordering: 'perKey' }));
  const fifo = ordered.findResources('AWS::SQS::Queue', { Properties: { FifoQueue: true } });

  it('are FIFO: the three classes, and the dead-letter queue, which must be of their type', () => {
    const ids = Object.keys(fifo).join();

    expect(Object.keys(fifo)).toHaveLength(4);
    for (const id of ['QueuesHIGH', 'QueuesNORMAL', 'QueuesBATCH', 'DeadLettersQueue'])
      expect(ids).toContain(id);
  });

  it('count requests and duplicates for each message group, so that one key never slows another', () => {
    for (const { Properties } of Object.values(fifo)) {
      expect(Properties).toMatchObject({
        DeduplicationScope: 'messageGroup',
        FifoThroughputLimit: 'perMessageGroupId',
      });
    }
  });

  it('hide a message until the legacy API cannot be working on the call of a slot that died', () => {
    const { visibilityTimeoutSeconds } = timingsOf(parseConfig(aLegacyApi({ ordering: 'perKey' })));
    // Hold 0.26 s, call 8 s, settling 10 s, and then 10.03 s at the API.
    expect(visibilityTimeoutSeconds).toBe(29);
    ordered.hasResourceProperties('AWS::SQS::Queue', {
      FifoQueue: true,
      VisibilityTimeout: visibilityTimeoutSeconds,
    });
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
