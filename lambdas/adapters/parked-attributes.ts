import type { MessageAttributeValue } from '@aws-sdk/client-sqs';
import { PARKED_ATTRIBUTES, type ParkedAttribute } from '../core/contracts/parked-message.js';

/** Attributes are part of the message, so each stays far below its limit. */
const TEXT_MAX_CHARACTERS = 4_096;

/** What SQS refuses: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
const NOT_ALLOWED = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/** What is known of a parked message, as SQS takes it: cut, and without what is unknown or may not be sent. */
export function parkedAttributes(
  known: Readonly<Partial<Record<ParkedAttribute, string | undefined>>>,
): Record<string, MessageAttributeValue> {
  const names = Object.keys(PARKED_ATTRIBUTES) as ParkedAttribute[];
  return Object.fromEntries(
    names.flatMap((name) => {
      const StringValue = (known[name] ?? '').slice(0, TEXT_MAX_CHARACTERS).replace(NOT_ALLOWED, '?');
      return StringValue === '' ? [] : [[PARKED_ATTRIBUTES[name], { DataType: 'String', StringValue }]];
    }),
  );
}
