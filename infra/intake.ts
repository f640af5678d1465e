import { Duration } from 'aws-cdk-lib';
import { AccessLogField, AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  HttpApi,
  HttpMethod,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  type IHttpRouteAuthorizer,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer, HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Role } from 'aws-cdk-lib/aws-iam';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { IntakeConfig, OrchestratorConfig } from '../lambdas/core/config/orchestrator-config.js';
import { INTAKE_ENVIRONMENT } from '../lambdas/core/contracts/environment.js';
import { INTAKE_ROUTES } from '../lambdas/core/contracts/intake-api.js';
import { configVariable } from './config-variable.js';
import type { Doorbell } from './doorbell.js';
import { functionRole } from './function-role.js';
import { grantExecutions } from './grant-executions.js';
import { logGroup } from './log-group.js';
import { nodeFunction } from './node-function.js';
import type { PriorityQueues } from './priority-queues.js';
import { queueUrlVariables } from './worker-environment.js';

/** Below the 30 s for which API Gateway waits: a batch of a hundred calls takes seconds. */
const TIMEOUT = Duration.seconds(25);

/** Chosen for its share of a CPU, which Lambda gives by memory. */
const MEMORY_MB = 512;

export interface IntakeProps {
  readonly config: OrchestratorConfig;
  readonly intake: IntakeConfig;
  readonly queues: PriorityQueues;
  readonly doorbell: Doorbell;
  readonly table: Table;
  readonly stateMachine: StateMachine;
}

/**
 * Calls over HTTP, for services that do not speak Step Functions. Each orchestrator has its own: its permissions,
 * throttling and users are those of one legacy API.
 */
export class Intake extends Construct {
  readonly api: HttpApi;
  readonly function: NodejsFunction;

  constructor(scope: Construct, id: string, props: IntakeProps) {
    super(scope, id);
    const { config } = props;
    const logs = logGroup(this, 'Logs', config);
    const role = functionRole(this, 'Role', `Takes calls to ${config.name} over HTTP`, logs);
    this.function = new NodejsFunction(this, 'Function', {
      ...nodeFunction('intake'),
      description: `Takes calls to ${config.name} over HTTP`,
      memorySize: MEMORY_MB,
      timeout: TIMEOUT,
      role,
      logGroup: logs,
      environment: environmentOf(props),
    });
    grant(role, props);
    const authorizer = authorizerOf(props.intake);
    this.api = new HttpApi(this, 'Api', {
      apiName: `${config.name}-intake`,
      description: `Calls to ${config.name}`,
      createDefaultStage: false,
      defaultAuthorizer: authorizer,
    });
    this.#stage(props);
    this.#routes(authorizer);
  }

  /** A line for each request, without anything that a caller says of a call. */
  #stage({ config, intake }: IntakeProps): void {
    const { requestsPerSecond: rateLimit, requestsBurst: burstLimit } = intake;
    const access = logGroup(this, 'Access', config);
    new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit, burstLimit },
      accessLogSettings: {
        destination: new LogGroupLogDestination(access),
        format: AccessLogFormat.custom(JSON.stringify(ACCESS)),
      },
    });
  }

  #routes(authorizer: IHttpRouteAuthorizer): void {
    const integration = new HttpLambdaIntegration('Integration', this.function, {
      // One permission for the API, not one for each of its routes.
      scopePermissionToRoute: false,
    });
    for (const { method, path } of Object.values(INTAKE_ROUTES))
      this.api.addRoutes({ path, methods: [HttpMethod[method]], integration });
    // Everything else too, so that it is answered in the same form, and to the same callers.
    new HttpRoute(this, 'Others', {
      httpApi: this.api,
      routeKey: HttpRouteKey.DEFAULT,
      // The permission for all routes knows none without a path.
      integration: new HttpLambdaIntegration('Others', this.function),
      authorizer,
    });
  }
}

const ACCESS = {
  requestId: AccessLogField.contextRequestId(),
  at: AccessLogField.contextRequestTime(),
  routeKey: AccessLogField.contextRouteKey(),
  status: AccessLogField.contextStatus(),
  responseBytes: AccessLogField.contextResponseLength(),
  latencyMs: AccessLogField.contextResponseLatency(),
  sourceIp: AccessLogField.contextIdentitySourceIp(),
  caller: AccessLogField.contextIdentityUserArn(),
  integrationError: AccessLogField.contextIntegrationErrorMessage(),
};

function authorizerOf({ jwt }: IntakeConfig): IHttpRouteAuthorizer {
  if (jwt === undefined) return new HttpIamAuthorizer();
  return new HttpJwtAuthorizer('Jwt', jwt.issuer, { jwtAudience: [...jwt.audience] });
}

function environmentOf({
  config,
  queues,
  doorbell,
  table,
  stateMachine,
}: IntakeProps): Record<string, string> {
  return {
    [INTAKE_ENVIRONMENT.config]: configVariable(config),
    [INTAKE_ENVIRONMENT.tableName]: table.tableName,
    [INTAKE_ENVIRONMENT.doorbellUrl]: doorbell.queue.queueUrl,
    [INTAKE_ENVIRONMENT.stateMachineArn]: stateMachine.stateMachineArn,
    ...queueUrlVariables(queues),
  };
}

function grant(role: Role, { queues, doorbell, table, stateMachine }: IntakeProps): void {
  stateMachine.grant(role, 'states:StartExecution', 'states:ListExecutions');
  grantExecutions(role, stateMachine, [
    'states:DescribeExecution',
    'states:GetExecutionHistory',
    'states:StopExecution',
  ]);
  table.grant(role, 'dynamodb:GetItem');
  for (const queue of queues.all) queue.grant(role, 'sqs:GetQueueAttributes');
  queues.queues.HIGH.grant(role, 'sqs:SendMessage');
  doorbell.queue.grant(role, 'sqs:SendMessage');
}
