import type { QueueService } from '../aws/queue-service.js';
import type { Deploy } from './resource-kinds.js';

/** CloudFormation's property names are SQS's attribute names. */
const ATTRIBUTES = [
  'VisibilityTimeout',
  'MessageRetentionPeriod',
  'DelaySeconds',
  'ReceiveMessageWaitTimeSeconds',
  'MaximumMessageSize',
  'FifoQueue',
  'ContentBasedDeduplication',
  'DeduplicationScope',
  'FifoThroughputLimit',
];

export interface DeployedQueue {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  readonly visibilityTimeoutSeconds: number;
}

/** AWS::SQS::Queue: a queue in fauxqs with the template's attributes. */
export function queueKind(
  queueService: QueueService,
  queueUrl: (name: string) => string,
  onDeployed: (queue: DeployedQueue) => void,
): Deploy {
  return ({ logicalId, properties }) => {
    const attributes: Record<string, string> = {};
    for (const attribute of ATTRIBUTES) {
      const value = properties.text(attribute);
      if (value !== undefined) attributes[attribute] = value;
    }
    // As CloudFormation names one: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queue.html
    const suffix = attributes['FifoQueue'] === 'true' ? '.fifo' : '';
    const name = properties.text('QueueName') ?? logicalId + suffix;
    const redrive = properties.record('RedrivePolicy');
    if (redrive['deadLetterTargetArn'] !== undefined) attributes['RedrivePolicy'] = JSON.stringify(redrive);
    properties.inert(
      ...['SqsManagedSseEnabled', 'KmsMasterKeyId', 'KmsDataKeyReusePeriodSeconds'],
      ...['RedriveAllowPolicy', 'Tags'],
    );
    const { queueArn } = queueService.createQueue(name, attributes);
    const url = queueUrl(name);
    onDeployed({
      name,
      arn: queueArn,
      url,
      visibilityTimeoutSeconds: Number(attributes['VisibilityTimeout'] ?? 30),
    });
    return Promise.resolve({ ref: url, attributes: { Arn: queueArn, QueueName: name, QueueUrl: url } });
  };
}
