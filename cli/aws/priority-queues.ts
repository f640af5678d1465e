import type { SQSClient } from '@aws-sdk/client-sqs';
import { queueContents, SqsPriorityQueues } from '../../lambdas/adapters/sqs-priority-queues.js';
import type { ByLane } from '../../lambdas/core/contracts/lane.js';

/** The priority queues, and what was given up. */
export class PriorityQueues extends SqsPriorityQueues {
  /** Messages that wait for people, in hand or not. */
  readonly parked: () => Promise<number>;

  constructor(sqs: SQSClient, urls: ByLane<string>, parkedUrl: string) {
    super(sqs, urls);
    this.parked = async () => {
      const { waiting, inFlight } = await queueContents(sqs, parkedUrl);
      return waiting + inFlight;
    };
  }
}
