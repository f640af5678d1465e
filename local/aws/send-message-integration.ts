import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { IntegrationError } from './step-functions/integration.js';

/** The optimized integration `sqs:sendMessage`: a message body that is not a text is sent as JSON. */
export async function sendMessageIntegration(sqs: SQSClient, args: unknown): Promise<unknown> {
  const { QueueUrl, MessageBody, DelaySeconds, MessageGroupId, MessageDeduplicationId, ...unknown } =
    args as Record<string, unknown>;
  const surplus = Object.keys(unknown);
  if (surplus.length > 0)
    throw new IntegrationError('States.Runtime', `sqs:sendMessage: ${surplus.join(', ')} not emulated`);
  if (typeof QueueUrl !== 'string')
    throw new IntegrationError('SQS.SdkClientException', 'sqs:sendMessage: QueueUrl is missing');
  const body = typeof MessageBody === 'string' ? MessageBody : JSON.stringify(MessageBody);
  const group = typeof MessageGroupId === 'string' ? { MessageGroupId } : {};
  const deduplication = typeof MessageDeduplicationId === 'string' ? { MessageDeduplicationId } : {};
  const delay = typeof DelaySeconds === 'number' ? { DelaySeconds } : {};
  try {
    const { MessageId, MD5OfMessageBody } = await sqs.send(
      new SendMessageCommand({ QueueUrl, MessageBody: body, ...delay, ...group, ...deduplication }),
    );
    return { MessageId, MD5OfMessageBody };
  } catch (error) {
    throw new IntegrationError(
      'SQS.AmazonSQSException',
      error instanceof Error ? error.message : String(error),
    );
  }
}
