import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { OrchestratorConfigInput } from '../lambdas/core/config/orchestrator-config.js';
import { ApisDashboard, type ShownApi } from './apis-dashboard.js';
import { pascalCase } from './pascal-case.js';
import { RateLimitedOrchestrator } from './rate-limited-orchestrator.js';

export interface OrchestratorStackProps extends StackProps {
  readonly orchestrators: readonly OrchestratorConfigInput[];
}

/** One orchestrator for each legacy API; they share nothing but the stack. */
export class OrchestratorStack extends Stack {
  constructor(scope: Construct, id: string, { orchestrators, ...props }: OrchestratorStackProps) {
    super(scope, id, props);
    const apis = orchestrators.map((config) => {
      const prefix = pascalCase(config.name);
      const orchestrator = new RateLimitedOrchestrator(this, prefix, { config });
      announce(this, prefix, orchestrator);
      return shown(orchestrator);
    });
    const [first, second, ...others] = apis;
    if (first === undefined || second === undefined) return;
    // No orchestrator's name has a hyphen in here.
    const { dashboard } = new ApisDashboard(this, 'All-Apis', [first, second, ...others]);
    new CfnOutput(this, 'AllApisDashboard', { value: dashboard.dashboardName });
  }
}

function shown({ config, dashboard, alarms }: RateLimitedOrchestrator): ShownApi {
  return { config, dashboard: dashboard.dashboard, unhealthy: alarms?.unhealthy };
}

function announce(stack: Stack, prefix: string, orchestrator: RateLimitedOrchestrator): void {
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
  for (const [name, value] of Object.entries(outputs)) new CfnOutput(stack, `${prefix}${name}`, { value });
}
