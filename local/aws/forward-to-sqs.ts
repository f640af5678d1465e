import type { IncomingMessage, ServerResponse } from 'node:http';
import { LOCAL_ACCOUNT_ID } from './account.js';
import { type Backend, forward, tell } from './forward.js';
import type { JsonObject } from './json-http.js';
import type { QueueService } from './queue-service.js';

/** A message as SQS hands it out, as far as we look at it. */
export interface DeliveredMessage {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
}

export interface SqsFront {
  /** Where clients find us. */
  readonly endpoint: string;
  readonly backend: Backend;
  readonly queueService: QueueService;
  /** Told of each receive from a queue that brought messages to somebody. */
  readonly onReceive: (
    queueName: string,
    messages: readonly DeliveredMessage[],
    receiver: string | undefined,
  ) => void;
  /** Told of each receive as it is asked for, whatever it will bring. @default - nobody listens */
  readonly onAsk?: ((queueName: string, receiver: string | undefined) => void) | undefined;
}

export interface SqsRequest {
  readonly target: string;
  readonly request: IncomingMessage;
  readonly body: JsonObject;
  readonly response: ServerResponse;
}

/** fauxqs knows only the queue URLs that it issued itself, so they are translated both ways. */
export function forwardToSqs(front: SqsFront, { target, request, body, response }: SqsRequest): void {
  const { backend, queueService } = front;
  const { QueueUrl } = body;
  const queueName = typeof QueueUrl === 'string' ? QueueUrl.split('/').at(-1) : undefined;
  const translated =
    queueName === undefined ? body : { ...body, QueueUrl: queueService.urlPrefix + queueName };
  const forwarded = { body: JSON.stringify(translated), signed: false };
  if (target === 'AmazonSQS.ReceiveMessage') {
    const receiver = receiverOf(request);
    if (queueName !== undefined) front.onAsk?.(queueName, receiver);
    const rewriteAnswer = (text: string): string => {
      const messages = messagesIn(text);
      if (messages.length > 0 && queueName !== undefined) front.onReceive(queueName, messages, receiver);
      return text;
    };
    const onUnheard = (text: string) => giveBack(backend, translated['QueueUrl'], text);
    forward(backend, request, { ...forwarded, rewriteAnswer, onUnheard }, response);
    return;
  }
  const [theirs, ours] = [queueService.urlPrefix, queuePrefix(front.endpoint)].map(insideJson);
  const rewriteAnswer = (text: string) =>
    text.includes('QueueUrl') ? text.replaceAll(theirs ?? '', ours ?? '') : text;
  forward(backend, request, { ...forwarded, rewriteAnswer }, response);
}

/** The application id that an SDK sends along: each environment of a function has one of its own. */
function receiverOf({ headers }: IncomingMessage): string | undefined {
  return / app\/(\S+)/.exec(headers['user-agent'] ?? '')?.[1];
}

/** What our queue URLs begin with. */
export function queuePrefix(endpoint: string): string {
  return `${endpoint}/${LOCAL_ACCOUNT_ID}/`;
}

/**
 * Makes messages visible again that nobody got. A long poll in fauxqs goes on after its client has gone and takes the
 * next message: a worker that was killed would hide it for a whole visibility timeout.
 */
function giveBack(backend: Backend, QueueUrl: unknown, answer: string): void {
  const Entries = messagesIn(answer).map(({ ReceiptHandle }, index) => ({
    Id: String(index),
    ReceiptHandle,
    VisibilityTimeout: 0,
  }));
  if (Entries.length > 0) tell(backend, 'AmazonSQS.ChangeMessageVisibilityBatch', { QueueUrl, Entries });
}

function messagesIn(answer: string): readonly DeliveredMessage[] {
  // Most receives are empty, and their answers tell so without being parsed.
  if (!answer.includes('"ReceiptHandle"')) return [];
  return (JSON.parse(answer) as { readonly Messages?: readonly DeliveredMessage[] }).Messages ?? [];
}

function insideJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
