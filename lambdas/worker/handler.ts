import { parts } from '#worker-parts';
import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import middy from '@middy/core';
import type { Context, SQSEvent } from 'aws-lambda';
import { CALLBACK_CLIENT, longPollClient, PROMPT_CLIENT } from '../adapters/aws-clients.js';
import { DynamoControlRecord } from '../adapters/dynamo-control-record.js';
import { DynamoLedger } from '../adapters/dynamo-ledger.js';
import { DynamoQuotaBook } from '../adapters/dynamo-quota-book.js';
import { DynamoSlotRecords } from '../adapters/dynamo-slot-records.js';
import { AdaptedLegacyApi } from '../adapters/legacy/adapted-legacy-api.js';
import { adaptersOf } from '../adapters/legacy/adapters.js';
import { HttpTransport } from '../adapters/legacy/http-transport.js';
import { PowertoolsTelemetry } from '../adapters/powertools-telemetry.js';
import { SfnTaskCallback } from '../adapters/sfn-task-callback.js';
import { sha256 } from '../adapters/sha-256.js';
import { SqsDoorbell } from '../adapters/sqs-doorbell.js';
import { SqsTaskQueues } from '../adapters/sqs-task-queues.js';
import { SystemClock } from '../adapters/system-clock.js';
import { systemRandom } from '../adapters/system-random.js';
import { withExpressions } from '../core/config/expressions.js';
import type { Ports } from '../core/ports.js';
import { serveSlot } from '../core/worker/serve-slot.js';
import { readEnvironment } from './environment.js';

const environment = readEnvironment(process.env);
const { tableName, doorbellUrl, parkedUrl, queueUrls, resultsBucket } = environment;
const config = withExpressions(environment.config, parts.expressions ?? {});
const sqs = new SQSClient(longPollClient(config));
const dynamo = new DynamoDBClient(PROMPT_CLIENT);
const logger = new Logger({ serviceName: config.name });
const clock = new SystemClock();
const transport = new HttpTransport(clock, config);
const ports: Ports = {
  clock,
  random: systemRandom,
  queues: new SqsTaskQueues(sqs, queueUrls, parkedUrl),
  doorbell: new SqsDoorbell(sqs, doorbellUrl),
  callback: new SfnTaskCallback(new SFNClient(CALLBACK_CLIENT)),
  legacyApi: new AdaptedLegacyApi(transport, config, adaptersOf(parts), parts.credentials?.(config, clock)),
  control: new DynamoControlRecord(dynamo, tableName, config.name),
  quotaBook: new DynamoQuotaBook(dynamo, tableName, config.name),
  slots: new DynamoSlotRecords(dynamo, tableName, config.name),
  ledger: new DynamoLedger(dynamo, tableName, config.name),
  results: resultsBucket === undefined ? undefined : parts.resultStore?.(resultsBucket),
  fingerprint: sha256,
  telemetry: new PowertoolsTelemetry(logger, config.name),
};

/** One slot. The bells that started it say nothing, so the event is not read, and it always succeeds. */
async function serve(_bells: SQSEvent, context: Context): Promise<void> {
  clock.set();
  const deadlineMs = clock.nowMs() + context.getRemainingTimeInMillis();
  await serveSlot(ports, config, { slotId: context.awsRequestId, deadlineMs });
}

export const handler = middy(serve).use(injectLambdaContext(logger));
