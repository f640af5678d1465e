import type { SQSClient } from '@aws-sdk/client-sqs';
import { EventSourceMapping } from '../aws/event-source-mapping.js';
import type { LambdaFunction } from '../aws/lambda/lambda-function.js';
import type { DeployedQueue } from './queue-kind.js';
import type { Deploy } from './resource-kinds.js';
import { UnsupportedTemplateError } from './template.js';

/** A standard queue without MaximumConcurrency starts with five: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html */
const DEFAULT_CONCURRENCY = 5;

export interface MappingKindOptions {
  readonly sqs: SQSClient;
  readonly queueByArn: (arn: string) => DeployedQueue | undefined;
  readonly functionByName: (name: string) => LambdaFunction | undefined;
  /** Mappings start when everything is in place, not while the template is still being stood up. */
  readonly onDeployed: (start: () => EventSourceMapping) => void;
}

/** AWS::Lambda::EventSourceMapping on a queue: batch size, maximum concurrency, visibility and throttling. */
export function mappingKind({ sqs, queueByArn, functionByName, onDeployed }: MappingKindOptions): Deploy {
  return ({ logicalId, properties }) => {
    const queue = queueByArn(properties.requiredText('EventSourceArn'));
    const target = functionByName(properties.requiredText('FunctionName'));
    const scaling = properties.group('ScalingConfig');
    const batchSize = properties.number('BatchSize', 10);
    const reportBatchItemFailures = properties
      .list('FunctionResponseTypes')
      .includes('ReportBatchItemFailures');
    const maximumConcurrency = scaling.number('MaximumConcurrency', DEFAULT_CONCURRENCY);
    if (queue === undefined || target === undefined) {
      throw new UnsupportedTemplateError([
        `${logicalId}: only a queue and a function of this template are emulated`,
      ]);
    }
    properties.inert('Tags');
    const { arn: queueArn, url: queueUrl, visibilityTimeoutSeconds } = queue;
    if (properties.flag('Enabled', true)) {
      onDeployed(
        () =>
          new EventSourceMapping({
            sqs,
            queueUrl,
            queueArn,
            visibilityTimeoutSeconds,
            batchSize,
            maximumConcurrency,
            reportBatchItemFailures,
            function: target,
          }),
      );
    }
    return Promise.resolve({ ref: logicalId, attributes: { Id: logicalId } });
  };
}
