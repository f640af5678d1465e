import { CfnOutput } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { OrchestratorConfig } from '../lambdas/core/config/orchestrator-config.js';
import type { OrchestratorAlarms } from './alarms/orchestrator-alarms.js';
import type { BatchLoad } from './batch-load.js';
import type { CallEvents } from './call-events.js';
import type { OrchestratorDashboard } from './dashboard.js';
import type { DeadLetters } from './dead-letters.js';
import type { Doorbell } from './doorbell.js';
import type { Intake } from './intake.js';
import { pascalCase } from './pascal-case.js';
import type { PriorityQueues } from './priority-queues.js';
import type { ResultStore } from './result-store.js';
import type { WorkerFunction } from './worker-function.js';

/** What people and programs look for. */
interface Announced extends Construct {
  readonly config: OrchestratorConfig;
  readonly stateMachine: StateMachine;
  readonly queues: PriorityQueues;
  readonly deadLetters: DeadLetters;
  readonly doorbell: Doorbell;
  readonly table: Table;
  readonly worker: WorkerFunction;
  readonly dashboard: OrchestratorDashboard;
  readonly intake: Intake | undefined;
  readonly results: ResultStore | undefined;
  readonly events: CallEvents | undefined;
  readonly batchLoad: BatchLoad | undefined;
  readonly alarms: OrchestratorAlarms | undefined;
}

/**
 * Says in the stack's outputs where everything is, such as `ErpStateMachineArn`: there `rlo` finds an orchestrator. They
 * are named after its configuration and not after its place, as its alarms are, so `--api` finds it by that name.
 */
export function announce(orchestrator: Announced): void {
  const outputs = {
    StateMachineArn: orchestrator.stateMachine.stateMachineArn,
    ...orchestrator.queues.urls,
    DeadLetterUrl: orchestrator.deadLetters.queue.queueUrl,
    ParkedUrl: orchestrator.deadLetters.parked.queueUrl,
    DoorbellUrl: orchestrator.doorbell.queue.queueUrl,
    TableName: orchestrator.table.tableName,
    WorkerName: orchestrator.worker.function.functionName,
    ...(orchestrator.intake === undefined ? {} : { IntakeUrl: orchestrator.intake.api.apiEndpoint }),
    DashboardName: orchestrator.dashboard.dashboard.dashboardName,
    ...(orchestrator.results === undefined
      ? {}
      : { ResultsBucketName: orchestrator.results.bucket.bucketName }),
    ...(orchestrator.events === undefined
      ? {}
      : { UndeliveredEventsUrl: orchestrator.events.undelivered.queueUrl }),
    ...(orchestrator.batchLoad === undefined
      ? {}
      : {
          BatchLoadArn: orchestrator.batchLoad.stateMachine.stateMachineArn,
          BatchBucketName: orchestrator.batchLoad.bucket.bucketName,
        }),
    ...(orchestrator.alarms === undefined ? {} : { AlarmTopicArn: orchestrator.alarms.topic.topicArn }),
  };
  const scope = new Construct(orchestrator, 'Outputs');
  for (const [name, value] of Object.entries(outputs))
    new CfnOutput(scope, name, { value }).overrideLogicalId(`${pascalCase(orchestrator.config.name)}${name}`);
}
