import { DynamoControlRecord } from '../lambdas/adapters/dynamo-control-record.js';
import { DynamoControlSettings } from '../lambdas/adapters/dynamo-control-settings.js';
import { DynamoLedger } from '../lambdas/adapters/dynamo-ledger.js';
import { DynamoQuotaBook } from '../lambdas/adapters/dynamo-quota-book.js';
import { DynamoSlotRecords } from '../lambdas/adapters/dynamo-slot-records.js';
import { SfnExecutions } from '../lambdas/adapters/sfn-executions.js';
import { SfnTaskCallback } from '../lambdas/adapters/sfn-task-callback.js';
import { sha256 } from '../lambdas/adapters/sha-256.js';
import { SqsDoorbell } from '../lambdas/adapters/sqs-doorbell.js';
import { SqsParkedMessages } from '../lambdas/adapters/sqs-parked-messages.js';
import { redrive, type RedrivePorts } from '../lambdas/core/dead-letters/redrive.js';
import { OrchestratorClient } from '../client/orchestrator-client.js';
import { CallMetrics } from './aws/call-metrics.js';
import { type Clients, clientsFor, type Target } from './aws/clients.js';
import { Executions } from './aws/executions.js';
import { type DeployedOrchestrator, findOrchestrator } from './aws/find-orchestrator.js';
import { PriorityQueues } from './aws/priority-queues.js';

/** What every command may be told. */
export interface GlobalOptions extends Target {
  readonly stack: string;
  readonly api?: string;
  readonly json?: boolean;
}

export type Context = Awaited<ReturnType<typeof connect>>;

/** One orchestrator within reach. */
export async function connect(options: GlobalOptions) {
  const clients = clientsFor(options);
  const orchestrator = await findOrchestrator(clients, options.stack, options.api);
  return contextOf(orchestrator, clients);
}

function contextOf(orchestrator: DeployedOrchestrator, { cloudWatch, dynamo, sqs, sfn }: Clients) {
  const { config, tableName, queueUrls, parkedUrl, doorbellUrl, stateMachineArn } = orchestrator;
  const nowMs = () => Date.now();
  const queues = new PriorityQueues(sqs, queueUrls, parkedUrl);
  const calls = new SfnExecutions(sfn, stateMachineArn);
  const redrivePorts: RedrivePorts = {
    clock: { nowMs },
    callback: new SfnTaskCallback(sfn),
    send: (priority, body, group) => queues.send(priority, body, group),
    start: (name, inputJson) => calls.start(name, inputJson),
    fingerprint: sha256,
  };
  return {
    config,
    queues,
    parked: new SqsParkedMessages(sqs, parkedUrl),
    redrive: (body: string) => redrive(redrivePorts, body),
    control: new DynamoControlRecord(dynamo, tableName, config.name),
    settings: new DynamoControlSettings(dynamo, tableName, config.name),
    slots: new DynamoSlotRecords(dynamo, tableName, config.name),
    ledger: new DynamoLedger(dynamo, tableName, config.name),
    quotaBook: new DynamoQuotaBook(dynamo, tableName, config.name),
    doorbell: new SqsDoorbell(sqs, doorbellUrl),
    metrics: new CallMetrics(cloudWatch, config.name),
    executions: new Executions(sfn, stateMachineArn),
    client: new OrchestratorClient({ stateMachineArn, operations: config.operations, sfn }),
    nowMs,
  };
}
