import { Match } from 'aws-cdk-lib/assertions';
import { DEAD_LETTER_TIMEOUT_SECONDS } from '../../lambdas/core/config/timings.js';
import { templateOf } from './support/synthesized.js';

const FOURTEEN_DAYS_SECONDS = 14 * 86_400;

describe('dead letters', () => {
  const template = templateOf();

  it('and parked messages are kept as long as SQS can keep them', () => {
    for (const id of ['DeadLettersQueue', 'DeadLettersParked']) {
      const queues = template.findResources('AWS::SQS::Queue', {
        Properties: { MessageRetentionPeriod: FOURTEEN_DAYS_SECONDS },
      });

      expect(Object.keys(queues).filter((name) => name.includes(id))).toHaveLength(1);
    }
  });

  it('start their function by a mapping of their own, which leaves what the function could not finish', () => {
    template.resourceCountIs('AWS::Lambda::EventSourceMapping', 2);
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      EventSourceArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('DeadLettersQueue'), 'Arn'] },
      FunctionName: { Ref: Match.stringLikeRegexp('DeadLettersFunction') },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 2 },
    });
  });

  it('stay hidden for six times as long as their function may run', () => {
    template.hasResourceProperties('AWS::SQS::Queue', {
      VisibilityTimeout: 6 * DEAD_LETTER_TIMEOUT_SECONDS,
      RedrivePolicy: Match.absent(),
    });
    template.hasResourceProperties('AWS::Lambda::Function', {
      Timeout: DEAD_LETTER_TIMEOUT_SECONDS,
      ReservedConcurrentExecutions: Match.absent(),
    });
  });

  it('never come to the queue of parked messages by a redrive policy, so that no task is forgotten', () => {
    template.hasResourceProperties('AWS::SQS::Queue', {
      RedriveAllowPolicy: { redrivePermission: 'denyAll' },
    });
  });
});
