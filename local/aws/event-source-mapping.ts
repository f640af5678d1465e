import { setTimeout as sleep } from 'node:timers/promises';
import {
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { LambdaFunction } from './lambda/lambda-function.js';

export interface EventSourceMappingOptions {
  readonly sqs: SQSClient;
  readonly queueUrl: string;
  readonly queueArn: string;
  readonly visibilityTimeoutSeconds: number;
  readonly batchSize: number;
  readonly maximumConcurrency: number;
  /** Whether the function's answer says which messages of the batch it could not finish. */
  readonly reportBatchItemFailures: boolean;
  readonly function: Pick<LambdaFunction, 'invoke'>;
}

const LONG_POLL_SECONDS = 20;
const FIRST_RETRY_MS = 200;
const LONGEST_RETRY_MS = 5_000;

/**
 * Lambda's poller for a queue, as documented: at most `maximumConcurrency` batches are being invoked at once, a
 * throttled batch is tried again until its visibility timeout is over and then dropped, and success deletes it.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export class EventSourceMapping {
  readonly #options: EventSourceMappingOptions;
  readonly #abort = new AbortController();
  readonly #pollers: readonly Promise<void>[];

  constructor(options: EventSourceMappingOptions) {
    this.#options = options;
    this.#pollers = Array.from({ length: options.maximumConcurrency }, () => this.#poll());
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    await Promise.all(this.#pollers);
  }

  async #poll(): Promise<void> {
    while (!this.#abort.signal.aborted) {
      try {
        const messages = await this.#receive();
        const finished = messages.length > 0 ? await this.#invoke(messages) : [];
        if (finished.length > 0) await this.#delete(finished);
      } catch {
        // The queue cannot be reached, or we are stopping: the loop's condition tells which.
        await sleep(FIRST_RETRY_MS, undefined, { signal: this.#abort.signal }).catch(() => undefined);
      }
    }
  }

  async #receive(): Promise<readonly Message[]> {
    const { sqs, queueUrl, batchSize } = this.#options;
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: batchSize,
        WaitTimeSeconds: LONG_POLL_SECONDS,
        MessageSystemAttributeNames: ['All'],
      }),
      { abortSignal: this.#abort.signal },
    );
    return Messages;
  }

  /** What of the batch the function took and finished. */
  async #invoke(messages: readonly Message[]): Promise<readonly Message[]> {
    const givesUpAtMs = performance.now() + this.#options.visibilityTimeoutSeconds * 1_000;
    for (let backoffMs = FIRST_RETRY_MS; ; backoffMs = Math.min(LONGEST_RETRY_MS, backoffMs * 2)) {
      const result = await this.#options.function.invoke({
        Records: messages.map((message) => this.#record(message)),
      });
      if (result.kind === 'returned')
        return this.#options.reportBatchItemFailures ? finishedOf(messages, result.value) : messages;
      if (result.kind !== 'throttled') return [];
      if (this.#abort.signal.aborted || performance.now() + backoffMs > givesUpAtMs) return [];
      await sleep(backoffMs, undefined, { signal: this.#abort.signal });
    }
  }

  async #delete(messages: readonly Message[]): Promise<void> {
    const Entries = messages.map(({ ReceiptHandle }, index) => ({
      Id: String(index),
      ReceiptHandle: ReceiptHandle ?? '',
    }));
    await this.#options.sqs.send(
      new DeleteMessageBatchCommand({ QueueUrl: this.#options.queueUrl, Entries }),
    );
  }

  #record(message: Message) {
    return {
      messageId: message.MessageId,
      receiptHandle: message.ReceiptHandle,
      body: message.Body,
      attributes: message.Attributes,
      messageAttributes: {},
      md5OfBody: message.MD5OfBody,
      eventSource: 'aws:sqs',
      eventSourceARN: this.#options.queueArn,
      awsRegion: this.#options.queueArn.split(':')[3],
    };
  }
}

/** An answer that names no failures finishes the batch; one that names them wrongly finishes nothing of it. */
function finishedOf(messages: readonly Message[], answer: unknown): readonly Message[] {
  const failures = (answer as { readonly batchItemFailures?: unknown } | null | undefined)?.batchItemFailures;
  if (failures === undefined || failures === null) return messages;
  if (!Array.isArray(failures)) return [];
  const failed = failures.map((failure) => (failure as { itemIdentifier?: unknown } | null)?.itemIdentifier);
  const known = messages.map(({ MessageId }) => MessageId);
  if (failed.some((id) => !known.some((messageId) => messageId === id))) return [];
  return messages.filter(({ MessageId }) => !failed.includes(MessageId));
}
