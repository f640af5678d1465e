import { join } from 'node:path';
import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import { HttpApi, type HttpMethod, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogLevel, NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { CfnStateMachine, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { RateLimitedOrchestrator, type RateLimitedOrchestratorProps } from 'rate-limited-orchestrator';
import { ROUTES } from './service/routes.js';

export interface TaskNotificationsProps extends StackProps {
  /** Of the mail API. */
  readonly mailUrl: string;
  /** Spread of the delays to it. @default - the orchestrator's: for a warm connection within a Region */
  readonly arrivalJitterMs?: number;
}

/** What the mail provider allows. */
export const MAIL_LIMIT = { calls: 20, windowMs: 1_000 } as const;
export const MAILS_IN_FLIGHT = 4;

const MAIL_API = {
  name: 'mail-api',
  limits: [MAIL_LIMIT],
  slots: MAILS_IN_FLIGHT,
  serviceTimeMaxMs: 10_000,
  operations: { sendMail: { path: '/mails', effect: 'once', timeoutMs: 5_000 } },
} satisfies Partial<RateLimitedOrchestratorProps['config']>;

/** A task service whose mails keep within the limit of the mail API: assignments first, digests when there is room. */
export class TaskNotificationsStack extends Stack {
  constructor(scope: Construct, id: string, { mailUrl, arrivalJitterMs, ...props }: TaskNotificationsProps) {
    super(scope, id, props);
    const jitter = arrivalJitterMs === undefined ? {} : { arrivalJitterMs };
    const mail = new RateLimitedOrchestrator(this, 'Mail', {
      config: { ...MAIL_API, baseUrl: mailUrl, ...jitter },
    });
    const tasks = new Table(this, 'Tasks', {
      partitionKey: { name: 'id', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const service = serviceFunction(this, {
      TASK_TABLE: tasks.tableName,
      STATE_MACHINE_ARN: mail.stateMachine.stateMachineArn,
    });
    tasks.grant(service, 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem', 'dynamodb:Scan');
    mail.stateMachine.grantStartExecution(service);
    mail.stateMachine.grantExecution(service, 'states:DescribeExecution', 'states:StopExecution');
    this.#acknowledgeExecutions(mail.stateMachine);
    const api = httpApi(this, service);
    new CfnOutput(this, 'ApiUrl', { value: api.apiEndpoint });
  }

  /** Executions have names of their own, so nobody can list those that the service may describe and stop. */
  #acknowledgeExecutions({ node }: StateMachine): void {
    const Ref = this.getLogicalId(node.defaultChild as CfnStateMachine);
    const name = JSON.stringify({ 'Fn::Select': [6, { 'Fn::Split': [':', { Ref }] }] });
    Validations.of(this).acknowledge({
      id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:${name}:*]`,
      reason: 'The service describes and stops executions of this one state machine.',
    });
  }
}

function serviceFunction(scope: Construct, environment: Record<string, string>): NodejsFunction {
  const logGroup = logs(scope, 'ServiceLogs');
  const role = new Role(scope, 'ServiceRole', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  logGroup.grantWrite(role);
  const service = new NodejsFunction(scope, 'Service', {
    entry: join(import.meta.dirname, 'service/handler.ts'),
    description: 'Tasks over HTTP, and the mails about them',
    runtime: Runtime.NODEJS_24_X,
    memorySize: 512,
    timeout: Duration.seconds(25),
    // `source`: within this repository the client is not built before it is bundled.
    bundling: {
      format: OutputFormat.CJS,
      minify: true,
      mainFields: ['module', 'main'],
      bundleAwsSDK: true,
      logLevel: LogLevel.WARNING,
      esbuildArgs: { '--conditions': 'source' },
    },
    role,
    logGroup,
    environment,
  });
  return service;
}

/** Callers sign their requests with IAM credentials; replace the authorizer by your own. */
function httpApi(scope: Construct, service: NodejsFunction): HttpApi {
  const api = new HttpApi(scope, 'Api', {
    createDefaultStage: false,
    defaultAuthorizer: new HttpIamAuthorizer(),
  });
  api.addStage('Stage', {
    autoDeploy: true,
    accessLogSettings: { destination: new LogGroupLogDestination(logs(scope, 'AccessLogs')) },
  });
  const integration = new HttpLambdaIntegration('Service', service);
  for (const routeKey of Object.keys(ROUTES)) {
    const [method, path] = routeKey.split(' ') as [HttpMethod, string];
    api.addRoutes({ path, methods: [method], integration });
  }
  return api;
}

function logs(scope: Construct, id: string): LogGroup {
  return new LogGroup(scope, id, {
    retention: RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
  });
}
