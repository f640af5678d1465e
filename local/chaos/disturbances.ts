import { SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { ChangeMessageVisibilityCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { LOCAL_REGION } from '../aws/account.js';
import type { DeliveredMessage } from '../aws/forward-to-sqs.js';
import type { StatusChange } from '../aws/step-functions/status-change.js';
import type { EmbeddedAws } from '../embedded-aws.js';
import { workerOf } from '../worker-of.js';
import type { CallEvent } from '../legacy-api/call-book.js';
import type { ChaosKind } from './chaos-kinds.js';
import { duplicateOf, killAfterMs, stopOf } from './draws.js';

/** How often each disturbance came about. */
export interface DisturbanceCounts {
  readonly kill: number;
  readonly duplicate: number;
  readonly stop: number;
}

interface Clients {
  readonly aws: EmbeddedAws;
  readonly sqs: SQSClient;
  readonly sfn: SFNClient;
}

/**
 * Kills, duplicates and stops, as drawn, for as long as it is told of what happens; keeps an account of whom it hit.
 *
 * It acts through the same doors as anybody: the SQS and Step Functions APIs, and the death of a process.
 */
export class Disturbances {
  readonly #kinds: readonly ChaosKind[];
  readonly #seed: number;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #arns = new Map<string, string>();
  readonly #deliveries = new Map<string, number>();
  /** The message last delivered for each execution that has not ended. */
  readonly #inHand = new Map<string, string>();
  /** Messages that may have been in the hands of a worker when it was killed. */
  readonly #suspects = new Set<string>();
  readonly #hit = new Set<string>();
  readonly #counts = { kill: 0, duplicate: 0, stop: 0 };
  #clients: Clients | undefined;

  constructor(kinds: readonly ChaosKind[], seed: number) {
    this.#kinds = kinds;
    this.#seed = seed;
  }

  /** Executions whose message was duplicated, or was delivered again after a worker that may have had it was killed. */
  get hit(): ReadonlySet<string> {
    return this.#hit;
  }

  get counts(): DisturbanceCounts {
    return { ...this.#counts };
  }

  /** Begins to act; before, it only listens. */
  begin(aws: EmbeddedAws): void {
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    const options = { endpoint: aws.endpoint, region: LOCAL_REGION, credentials };
    this.#clients = { aws, sqs: new SQSClient(options), sfn: new SFNClient(options) };
    if (this.#kinds.includes('kill')) this.#killLater(aws, 1);
  }

  /** Nothing more happens; safe to repeat. */
  end(): void {
    this.#timers.forEach(clearTimeout);
    this.#timers.clear();
    this.#clients?.sqs.destroy();
    this.#clients?.sfn.destroy();
    this.#clients = undefined;
  }

  onStatusChange({ name, status, executionArn }: StatusChange): void {
    if (status !== 'RUNNING') {
      this.#inHand.delete(name);
      this.#arns.delete(name);
      return;
    }
    this.#arns.set(name, executionArn);
    const stop = this.#stopOf(name);
    if (stop?.kind === 'whileWaiting') this.#later(stop.afterMs, () => this.#stop(name));
  }

  onCall({ call: { idempotencyKey } }: CallEvent): void {
    if (idempotencyKey !== null && this.#stopOf(idempotencyKey)?.kind === 'inCall')
      this.#stop(idempotencyKey);
  }

  onDelivery(queueName: string, messages: readonly DeliveredMessage[]): void {
    const queueUrl = this.#clients?.aws.queues.find(({ name }) => name === queueName)?.url;
    for (const message of messages) {
      const execution = executionOf(message);
      if (execution === undefined || queueUrl === undefined) continue;
      const delivery = (this.#deliveries.get(execution) ?? 0) + 1;
      this.#deliveries.set(execution, delivery);
      this.#inHand.set(execution, message.MessageId);
      if (this.#suspects.has(message.MessageId)) this.#hit.add(execution);
      // A FIFO queue delivers nothing twice.
      const duplicates = this.#kinds.includes('duplicate') && !queueName.endsWith('.fifo');
      if (duplicates) this.#duplicate(queueUrl, message, { execution, delivery });
    }
  }

  #stopOf(name: string) {
    return this.#kinds.includes('stop') ? stopOf(this.#seed, name) : undefined;
  }

  #stop(name: string): void {
    const executionArn = this.#arns.get(name);
    if (executionArn === undefined) return;
    this.#arns.delete(name);
    this.#counts.stop += 1;
    this.#attempt(this.#clients?.sfn.send(new StopExecutionCommand({ executionArn })));
  }

  #duplicate(
    QueueUrl: string,
    { Body, ReceiptHandle }: DeliveredMessage,
    { execution, delivery }: { readonly execution: string; readonly delivery: number },
  ): void {
    const duplicate = duplicateOf(this.#seed, execution, delivery);
    if (duplicate === undefined) return;
    this.#hit.add(execution);
    this.#counts.duplicate += 1;
    const sqs = this.#clients?.sqs;
    this.#attempt(
      duplicate === 'copy'
        ? sqs?.send(new SendMessageCommand({ QueueUrl, MessageBody: Body }))
        : sqs?.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 })),
    );
  }

  #killLater(aws: EmbeddedAws, nth: number): void {
    this.#later(killAfterMs(this.#seed, nth), () => {
      if (workerOf(aws).killOne()) {
        this.#counts.kill += 1;
        // Which of them it had shows when one comes again.
        for (const messageId of this.#inHand.values()) this.#suspects.add(messageId);
      }
      this.#killLater(aws, nth + 1);
    });
  }

  #later(delayMs: number, run: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      run();
    }, delayMs);
    this.#timers.add(timer);
  }

  /** What comes too late, for an execution or a message that is gone, is no disturbance. */
  #attempt(sent: Promise<unknown> | undefined): void {
    sent?.catch(() => undefined);
  }
}

/** Messages on the priority queues carry their execution's name; bells carry nothing. */
function executionOf({ Body }: DeliveredMessage): string | undefined {
  try {
    const { callId } = JSON.parse(Body) as { readonly callId?: unknown };
    return typeof callId === 'string' ? callId : undefined;
  } catch {
    return undefined;
  }
}
