import { Duration } from 'aws-cdk-lib';
import type { Role } from 'aws-cdk-lib/aws-iam';
import { RecursiveLoop } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Construct } from 'constructs';
import { timingsOf } from '../lambdas/core/config/timings.js';
import { functionRole } from './function-role.js';
import { logGroup } from './log-group.js';
import { nodeFunction } from './node-function.js';
import { WORKER_TABLE_ACTIONS } from './orchestrator-table.js';
import { workerEnvironment, type WorkerEnvironmentProps } from './worker-environment.js';
import { grantSecrets } from './worker-secrets.js';
import { functionNetwork, grantInterfaces, joinNetwork, type WorkerNetwork } from './worker-network.js';
import { workerParts } from './worker-parts.js';

export interface WorkerFunctionProps extends WorkerEnvironmentProps {
  /** Undefined where the worker runs in no VPC, or in the one that the configuration names. */
  readonly network: WorkerNetwork | undefined;
}

/** The one function that serves the queues. At most `slots` invocations of it run at once, and AWS sees to that. */
export class WorkerFunction extends Construct {
  readonly function: NodejsFunction;
  readonly role: Role;

  constructor(scope: Construct, id: string, props: WorkerFunctionProps) {
    super(scope, id);
    const { config, doorbell, queues, table, deadLetters, results } = props;
    const logs = logGroup(this, 'Logs', config);
    this.role = functionRole(this, 'Role', `Serves the queues of ${config.name}`, logs);
    this.function = new NodejsFunction(this, 'Function', {
      ...nodeFunction('worker', { '#worker-parts': workerParts(this, config) }),
      description: `Calls ${config.name}, ${config.slots} calls at a time at most, the most urgent first`,
      memorySize: config.memoryMb,
      timeout: Duration.seconds(timingsOf(config).functionTimeoutSeconds),
      reservedConcurrentExecutions: config.slots,
      // A slot that finds work rings for the next one: a loop on purpose, which Lambda would cut after 16 rounds.
      recursiveLoop: RecursiveLoop.ALLOW,
      role: this.role,
      logGroup: logs,
      environment: workerEnvironment(props),
      ...functionNetwork(props.network),
    });
    joinNetwork(this.function, config);
    if ((props.network ?? config.network) !== undefined) grantInterfaces(this, this.role, this.function);
    for (const queue of queues.all) {
      queue.grant(this.role, 'sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility');
    }
    deadLetters.parked.grant(this.role, 'sqs:SendMessage');
    doorbell.queue.grant(this.role, 'sqs:SendMessage');
    table.grant(this.role, ...WORKER_TABLE_ACTIONS);
    results?.grantWrite(this.role);
    grantSecrets(this.role, config);
  }
}
