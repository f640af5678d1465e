import { SQSClient } from '@aws-sdk/client-sqs';
import { LOCAL_REGION } from '../../../local/aws/account.js';
import { type BucketService, startBucketService } from '../../../local/aws/bucket-service.js';
import { type Gateway, startGateway } from '../../../local/aws/gateway.js';
import { cloudWatchApi } from '../../../local/aws/metrics/cloudwatch-api.js';
import { MetricStore } from '../../../local/aws/metrics/metric-store.js';
import { type QueueService, startQueueService } from '../../../local/aws/queue-service.js';
import { startTableService, type TableService } from '../../../local/aws/table-service.js';

/** Queues and tables behind the gateway, without a stack. */
export interface Queues {
  readonly queueService: QueueService;
  readonly tableService: TableService;
  readonly bucketService: BucketService;
  readonly metrics: MetricStore;
  readonly gateway: Gateway;
  readonly sqs: SQSClient;
  /** Queue and number of messages of each receive that the gateway told of. */
  readonly received: readonly (readonly [string, number])[];
  /** Queue and receiver of each receive as it was asked for. */
  readonly asked: readonly (readonly [string, string | undefined])[];
  /** Creates a queue and returns its URL. */
  create(name: string, attributes?: Readonly<Record<string, string>>): string;
  stop(): Promise<void>;
}

export async function startQueues(): Promise<Queues> {
  const queueService = await startQueueService();
  const tableService = await startTableService();
  const bucketService = await startBucketService();
  const metrics = new MetricStore();
  const received: (readonly [string, number])[] = [];
  const asked: (readonly [string, string | undefined])[] = [];
  const gateway = await startGateway({
    port: 0,
    queueService,
    tableService,
    bucketService,
    stepFunctions: (target, body) => Promise.resolve({ status: 200, body: { target, body } }),
    cloudWatch: cloudWatchApi(metrics),
    secrets: () => Promise.reject(new Error('not asked')),
    events: (target, body) => Promise.resolve({ status: 200, body: { target, body } }),
    onReceive: (queueName, messages) => received.push([queueName, messages.length]),
    onAsk: (queueName, receiver) => asked.push([queueName, receiver]),
  });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const sqs = new SQSClient({
    endpoint: gateway.endpoint,
    region: LOCAL_REGION,
    credentials,
    maxAttempts: 1,
  });
  return {
    queueService,
    tableService,
    bucketService,
    metrics,
    gateway,
    sqs,
    received,
    asked,
    create: (name, attributes = {}) => {
      queueService.createQueue(name, attributes);
      return gateway.queueUrl(name);
    },
    stop: async () => {
      sqs.destroy();
      await gateway.stop();
      await tableService.stop();
      await bucketService.stop();
      await queueService.stop();
    },
  };
}
