import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import { PROMPT_CLIENT } from '../../lambdas/adapters/aws-clients.js';
import { DynamoControlRecord } from '../../lambdas/adapters/dynamo-control-record.js';
import { DynamoControlSettings } from '../../lambdas/adapters/dynamo-control-settings.js';
import { DynamoQuotaBook } from '../../lambdas/adapters/dynamo-quota-book.js';
import { DynamoSlotRecords } from '../../lambdas/adapters/dynamo-slot-records.js';
import { SqsDoorbell } from '../../lambdas/adapters/sqs-doorbell.js';
import { WORKER_ENVIRONMENT } from '../../lambdas/core/contracts/environment.js';
import { LOCAL_REGION } from '../aws/account.js';
import type { LocalRun } from '../local-run.js';
import { configOf, workerOf } from '../worker-of.js';

export type Orchestrator = ReturnType<typeof orchestratorOf>;

/** The orchestrator of a run as its operators reach it: through the product's own adapters and the run's one endpoint. */
export function orchestratorOf({ aws, queueNames, stateMachineArn }: LocalRun) {
  const worker = workerOf(aws);
  const { variables, name } = worker;
  const variable = (key: string): string => {
    const value = variables[key];
    if (value === undefined) throw new Error(`worker ${name} has no environment variable ${key}`);
    return value;
  };
  const config = configOf(worker);
  const tableName = variable(WORKER_ENVIRONMENT.tableName);
  const settings = {
    ...PROMPT_CLIENT,
    endpoint: aws.endpoint,
    region: LOCAL_REGION,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  const [dynamo, sfn, sqs] = [
    new DynamoDBClient(settings),
    new SFNClient(settings),
    new SQSClient(settings),
  ] as const;
  return {
    config,
    queueNames,
    stateMachineArn,
    parkedQueue: variable(WORKER_ENVIRONMENT.parkedUrl).split('/').at(-1) ?? '',
    control: new DynamoControlRecord(dynamo, tableName, config.name),
    settings: new DynamoControlSettings(dynamo, tableName, config.name),
    slots: new DynamoSlotRecords(dynamo, tableName, config.name),
    quotaBook: new DynamoQuotaBook(dynamo, tableName, config.name),
    doorbell: new SqsDoorbell(sqs, variable(WORKER_ENVIRONMENT.doorbellUrl)),
    sfn,
    close: () => {
      for (const client of [dynamo, sfn, sqs]) client.destroy();
    },
  };
}
