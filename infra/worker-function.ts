import { join } from 'node:path';
import { Duration, Validations } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, RecursiveLoop, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { type BundlingOptions, LogLevel, NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Construct } from 'constructs';
import { timingsOf } from '../lambdas/core/config/timings.js';
import { PRIORITIES } from '../lambdas/core/contracts/priority.js';
import { logGroup } from './log-group.js';
import { WORKER_TABLE_ACTIONS } from './orchestrator-table.js';
import { workerEnvironment, type WorkerEnvironmentProps } from './worker-environment.js';

const PROJECT = join(import.meta.dirname, '..');

/**
 * One CommonJS file, which loads about a tenth sooner than ESM (48 against 54 ms, Node 20 on x64). No source map,
 * because Node reads it at each cold start, for a fifth more, and what is expected to fail says so in a sentence.
 */
const BUNDLING: BundlingOptions = {
  format: OutputFormat.CJS,
  mainFields: ['module', 'main'],
  minify: true,
  sourceMap: false,
  // Lambda's own copy of the SDK changes under a function that nobody deployed.
  bundleAwsSDK: true,
  // A fifth of the bundle otherwise: sources of credentials that Lambda does not have.
  esbuildArgs: {
    '--alias:@aws-sdk/credential-provider-node': join(PROJECT, 'lambdas/adapters/environment-credentials.ts'),
  },
  logLevel: LogLevel.WARNING,
};

/** The one function that serves the queues. At most `slots` invocations of it run at once, and AWS sees to that. */
export class WorkerFunction extends Construct {
  readonly function: NodejsFunction;
  readonly role: Role;

  constructor(scope: Construct, id: string, props: WorkerEnvironmentProps) {
    super(scope, id);
    const { config, doorbell, queues, table } = props;
    const logs = logGroup(this, 'Logs', config);
    // A role of our own: the managed policy that Lambda's default role has may write into every log group.
    this.role = new Role(this, 'Role', {
      description: `Serves the queues of ${config.name}`,
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    });
    logs.grantWrite(this.role);
    this.function = new NodejsFunction(this, 'Function', {
      description: `Calls ${config.name}, ${config.slots} calls at a time at most, the most urgent first`,
      entry: join(PROJECT, 'lambdas/worker/handler.ts'),
      handler: 'handler',
      projectRoot: PROJECT,
      depsLockFilePath: join(PROJECT, 'package-lock.json'),
      bundling: BUNDLING,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: config.memoryMb,
      timeout: Duration.seconds(timingsOf(config).functionTimeoutSeconds),
      reservedConcurrentExecutions: config.slots,
      // A slot that finds work rings for the next one: a loop on purpose, which Lambda would cut after 16 rounds.
      recursiveLoop: RecursiveLoop.ALLOW,
      tracing: Tracing.ACTIVE,
      role: this.role,
      logGroup: logs,
      environment: workerEnvironment(props),
    });
    for (const priority of PRIORITIES) {
      queues.queues[priority].grant(
        this.role,
        'sqs:ReceiveMessage',
        'sqs:DeleteMessage',
        'sqs:ChangeMessageVisibility',
      );
      queues.deadLetterQueues[priority].grant(this.role, 'sqs:SendMessage');
    }
    doorbell.queue.grant(this.role, 'sqs:SendMessage');
    table.grant(this.role, ...WORKER_TABLE_ACTIONS);
    Validations.of(this.role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'X-Ray has no resource-level permissions for sending traces; AWS documents *.',
    });
  }
}
