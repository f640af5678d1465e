import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ArnFormat, Aws, CfnOutput, RemovalPolicy, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  type CfnStateMachine,
  DefinitionBody,
  LogLevel,
  QueryLanguage,
  StateMachine,
  type StateMachineProps,
} from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { RateLimitedOrchestrator } from 'rate-limited-orchestrator';
import { orderWithCallTasks } from './order-with-call-tasks.js';

export interface OrderWorkflowProps extends StackProps {
  /** Of the ERP. */
  readonly erpUrl: string;
  /** Spread of the delays to it. @default - the orchestrator's: for a warm connection within a Region */
  readonly arrivalJitterMs?: number;
}

/** What the ERP allows. */
export const ERP_LIMIT = { calls: 20, windowMs: 1_000 } as const;
export const ERP_CALLS_IN_FLIGHT = 2;

/** The same order twice: with calls as states of its own, and with an execution for each call. */
export class OrderWorkflowStack extends Stack {
  constructor(scope: Construct, id: string, { erpUrl, arrivalJitterMs, ...props }: OrderWorkflowProps) {
    super(scope, id, props);
    const erp = new RateLimitedOrchestrator(this, 'Erp', {
      config: {
        name: 'erp',
        baseUrl: erpUrl,
        limits: [ERP_LIMIT],
        slots: ERP_CALLS_IN_FLIGHT,
        serviceTimeMaxMs: 3_000,
        ...(arrivalJitterMs === undefined ? {} : { arrivalJitterMs }),
        operations: {
          reserveStock: { path: '/reservations', effect: 'idempotent', timeoutMs: 2_000 },
          chargeCard: {
            path: '/charges',
            effect: 'once',
            timeoutMs: 2_000,
            lookup: { path: '/charges' },
          },
          bookLine: { path: '/lines', effect: 'idempotent', timeoutMs: 2_000 },
        },
      },
    });
    const embedded = stateMachine(this, 'OrderWithCallTasks', {
      definitionBody: DefinitionBody.fromChainable(orderWithCallTasks(this, erp)),
      queryLanguage: QueryLanguage.JSONATA,
    });
    erp.serve(embedded);
    const nested = stateMachine(this, 'OrderWithExecutions', {
      definitionBody: DefinitionBody.fromString(
        readFileSync(join(import.meta.dirname, 'statemachines/order.asl.json'), 'utf8'),
      ),
      definitionSubstitutions: { Partition: Aws.PARTITION, CallArn: erp.stateMachine.stateMachineArn },
    });
    this.#mayStartAndAwait(nested, erp.stateMachine);
    new CfnOutput(this, 'OrderWithCallTasksArn', { value: embedded.stateMachineArn });
    new CfnOutput(this, 'OrderWithExecutionsArn', { value: nested.stateMachineArn });
  }

  /** What `states:startExecution.sync:2` needs: Step Functions tells of the end by a rule that it manages. */
  #mayStartAndAwait(workflow: StateMachine, called: StateMachine): void {
    called.grantStartExecution(workflow);
    called.grantExecution(workflow, 'states:DescribeExecution', 'states:StopExecution');
    workflow.addToRolePolicy(
      new PolicyStatement({
        actions: ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'],
        resources: [
          this.formatArn({
            service: 'events',
            resource: 'rule',
            resourceName: 'StepFunctionsGetEventsForStepFunctionsExecutionRule',
            arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
          }),
        ],
      }),
    );
    // Executions have names of their own, so nobody can list those that the workflow will start.
    const Ref = this.getLogicalId(called.node.defaultChild as CfnStateMachine);
    const name = JSON.stringify({ 'Fn::Select': [6, { 'Fn::Split': [':', { Ref }] }] });
    Validations.of(workflow).acknowledge({
      id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:${name}:*]`,
      reason: 'The workflow awaits executions of this one state machine.',
    });
  }
}

function stateMachine(scope: Construct, id: string, props: StateMachineProps): StateMachine {
  const logGroup = new LogGroup(scope, `${id}Logs`, {
    // The prefix keeps the account's resource policy for log delivery from outgrowing its limit.
    logGroupName: `/aws/vendedlogs/states/${Stack.of(scope).stackName}-${id}`,
    retention: RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const machine = new StateMachine(scope, id, {
    ...props,
    // Execution data would write task tokens into the log, and whoever reads a token can end the task.
    logs: { destination: logGroup, level: LogLevel.ALL, includeExecutionData: false },
    tracingEnabled: true,
  });
  Validations.of(machine).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: 'Log delivery and X-Ray have no resource-level permissions; AWS documents * for both.',
  });
  return machine;
}
