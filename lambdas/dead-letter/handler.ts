import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { PROMPT_CLIENT } from '../adapters/aws-clients.js';
import { DynamoLedger } from '../adapters/dynamo-ledger.js';
import { PowertoolsDeadLetterTelemetry } from '../adapters/powertools-dead-letter-telemetry.js';
import { SfnTaskCallback } from '../adapters/sfn-task-callback.js';
import { sha256 } from '../adapters/sha-256.js';
import { SqsDeadLetterQueue, SqsParking } from '../adapters/sqs-dead-letters.js';
import { SystemClock } from '../adapters/system-clock.js';
import type { DeadLetter } from '../core/dead-letters/dead-letter.js';
import { handleDeadLetter } from '../core/dead-letters/handle-dead-letter.js';
import { readEnvironment } from './environment.js';

const { config, tableName, deadLetterUrl, parkedUrl } = readEnvironment(process.env);
const sqs = new SQSClient(PROMPT_CLIENT);
const clock = new SystemClock();
const logger = new Logger({ serviceName: config.name });
const telemetry = new PowertoolsDeadLetterTelemetry(logger, config.name);
const ports = {
  clock,
  ledger: new DynamoLedger(new DynamoDBClient(PROMPT_CLIENT), tableName, config.name),
  callback: new SfnTaskCallback(new SFNClient(PROMPT_CLIENT)),
  queue: new SqsDeadLetterQueue(sqs, deadLetterUrl),
  parking: new SqsParking(sqs, parkedUrl),
  fingerprint: sha256,
  telemetry,
};

/** Ends the tasks of a batch of dead letters and parks them; those that cannot be finished now come back. */
async function handleBatch({ Records }: SQSEvent): Promise<SQSBatchResponse> {
  clock.set();
  const handled = await Promise.all(
    Records.map(async (record) => ({
      itemIdentifier: record.messageId,
      end: await handleDeadLetter(ports, config, letterOf(record)),
    })),
  );
  telemetry.flush();
  const unfinished = handled.filter(({ end }) => end === 'comesBack');
  return { batchItemFailures: unfinished.map(({ itemIdentifier }) => ({ itemIdentifier })) };
}

function letterOf({ body, receiptHandle, attributes }: SQSRecord): DeadLetter {
  return {
    body,
    receiptHandle,
    receiveCount: Number(attributes.ApproximateReceiveCount),
    enqueuedAtMs: Number(attributes.SentTimestamp),
  };
}

export const handler = middy(handleBatch).use(injectLambdaContext(logger));
