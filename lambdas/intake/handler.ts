import { randomUUID } from 'node:crypto';
import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { PROMPT_CLIENT } from '../adapters/aws-clients.js';
import { DynamoControlRecord } from '../adapters/dynamo-control-record.js';
import { DynamoLedger } from '../adapters/dynamo-ledger.js';
import { DynamoQuotaBook } from '../adapters/dynamo-quota-book.js';
import { PowertoolsIntakeCount } from '../adapters/powertools-intake-count.js';
import { SfnCalls } from '../adapters/sfn-calls.js';
import { sha256 } from '../adapters/sha-256.js';
import { SqsDoorbell } from '../adapters/sqs-doorbell.js';
import { SqsPriorityQueues } from '../adapters/sqs-priority-queues.js';
import { unlessUnavailable } from '../adapters/unavailable.js';
import { answerIntake } from '../core/intake/answer.js';
import { problemAnswer } from '../core/intake/http.js';
import type { IntakePorts, Standing } from '../core/intake/ports.js';
import { CachedStanding } from '../core/intake/standing-view.js';
import { readEnvironment } from './environment.js';
import { requestOf, resultOf } from './http-event.js';
import { openApiDocument } from './openapi/document.js';

const { config, tableName, doorbellUrl, stateMachineArn, queueUrls } = readEnvironment(process.env);
const sqs = new SQSClient(PROMPT_CLIENT);
const dynamo = new DynamoDBClient(PROMPT_CLIENT);
const logger = new Logger({ serviceName: config.name });
const count = new PowertoolsIntakeCount(config.name);
const nowMs = () => Date.now();
const queues = new SqsPriorityQueues(sqs, queueUrls);
const doorbell = new SqsDoorbell(sqs, doorbellUrl);
const control = new DynamoControlRecord(dynamo, tableName, config.name);
const quotaBook = new DynamoQuotaBook(dynamo, tableName, config.name);
const ledger = new DynamoLedger(dynamo, tableName, config.name);
const ports: IntakePorts = {
  nowMs,
  calls: new SfnCalls(new SFNClient(PROMPT_CLIENT), stateMachineArn),
  standing: new CachedStanding(readStanding, nowMs, (error) => {
    logger.warn('the queues cannot be looked at; calls are taken without an estimate', nameOf(error));
  }),
  ledger: { read: (key) => unlessUnavailable(ledger.read(key)) },
  sendHigh: (body, tenant) => unlessUnavailable(queues.send('HIGH', body, { tenant })),
  ring: () => unlessUnavailable(doorbell.ring()),
  fingerprint: sha256,
  newName: randomUUID,
  count,
};

/** Once in the life of an environment, and only where somebody asks. */
let document: unknown;

/** One request over HTTP. What fails for a reason of ours is told by its name alone, and logged so: no payload leaks. */
async function answer(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> {
  try {
    return resultOf(
      await answerIntake(ports, config, requestOf(event), () => (document ??= openApiDocument(config))),
    );
  } catch (error) {
    logger.error('a request failed', { ...nameOf(error), routeKey: event.routeKey });
    return resultOf(problemAnswer('internal-error', { detail: 'see the log of the intake function' }));
  } finally {
    count.flush();
  }
}

async function readStanding(): Promise<Standing> {
  const [contents, read, { book }] = await Promise.all([queues.read(), control.read(), quotaBook.read()]);
  return { atMs: nowMs(), queues: contents, control: read, quotaBook: book };
}

function nameOf(error: unknown): { readonly reason: string } {
  return { reason: error instanceof Error ? error.name : 'unknown error' };
}

export const handler = middy(answer).use(injectLambdaContext(logger));
