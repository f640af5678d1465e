import { ArnFormat, Aws, Duration, type RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket } from 'aws-cdk-lib/aws-s3';
import { DefinitionBody, LogLevel, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { OrchestratorConfig } from '../lambdas/core/config/orchestrator-config.js';
import { acknowledgeWildcard } from './acknowledge-wildcard.js';
import { batchLoadDefinition } from './batch-load-definition.js';
import type { Doorbell } from './doorbell.js';
import { logGroup } from './log-group.js';
import type { PriorityQueues } from './priority-queues.js';
import { countSubstitutions, mayCount } from './tenant-allowance.js';

/** Parts of uploads that nobody completed. */
const INCOMPLETE_UPLOADS_DAYS = 7;

type BatchBucket = Pick<IBucket, 'bucketName' | 'arnForObjects'>;

export interface BatchLoadProps {
  readonly config: OrchestratorConfig;
  readonly batchLoad: NonNullable<OrchestratorConfig['batchLoad']>;
  readonly queues: PriorityQueues;
  readonly doorbell: Doorbell;
  readonly table: Table;
  readonly removalPolicy: RemovalPolicy;
}

/** The state machine that makes a BATCH call for each item of a list or file, and the bucket of files and results. */
export class BatchLoad extends Construct {
  readonly bucket: BatchBucket;
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, props: BatchLoadProps) {
    super(scope, id);
    const { config, queues, doorbell, table } = props;
    this.bucket = bucketOf(this, props);
    const logs = logGroup(
      this,
      'Logs',
      config,
      `/aws/vendedlogs/states/${Stack.of(this).stackName}-${config.name}-batch`,
    );
    this.stateMachine = new StateMachine(this, 'Resource', {
      definitionBody: DefinitionBody.fromString(batchLoadDefinition(config)),
      definitionSubstitutions: {
        Partition: Aws.PARTITION,
        Bucket: this.bucket.bucketName,
        ...queues.urls,
        ...countSubstitutions(config, table),
        // Nothing may be sent there: only a call that waits for an instant rings, and none of a batch does.
        DoorbellUrl: doorbell.queue.queueUrl,
      },
      // Execution data would write task tokens into the log, and whoever reads a token can end the task.
      logs: { destination: logs, level: LogLevel.ALL, includeExecutionData: false },
      tracingEnabled: true,
    });
    for (const queue of queues.ofClass('BATCH')) queue.grant(this.stateMachine, 'sqs:SendMessage');
    mayCount(this.stateMachine, props, ['BATCH']);
    Validations.of(this.stateMachine).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'Log delivery and X-Ray have no resource-level permissions; AWS documents * for both.',
    });
    this.#mayReadAndWrite();
    this.#mayRunItems();
  }

  /** https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html */
  #mayReadAndWrite(): void {
    const files = this.bucket.arnForObjects('*');
    const results = this.bucket.arnForObjects('results/*');
    const { role } = this.stateMachine;
    role.addToPrincipalPolicy(new PolicyStatement({ actions: ['s3:GetObject'], resources: [files] }));
    role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['s3:PutObject', 's3:ListMultipartUploadParts', 's3:AbortMultipartUpload'],
        resources: [results],
      }),
    );
    acknowledgeWildcard(this.stateMachine, files, 'Files are named by those who start batches.');
    acknowledgeWildcard(this.stateMachine, results, 'Results are named after executions.');
  }

  /** In a policy of its own, because the state machine waits for its role's default one, which must not name it. */
  #mayRunItems(): void {
    const { stateMachineArn, stateMachineName, role } = this.stateMachine;
    const under = (resource: string) =>
      Stack.of(this).formatArn({
        service: 'states',
        resource,
        resourceName: `${stateMachineName}/*`,
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      });
    const [executions, runs] = [under('execution'), under('mapRun')];
    const policy = new Policy(this, 'Items', {
      roles: [role],
      statements: [
        new PolicyStatement({ actions: ['states:StartExecution'], resources: [stateMachineArn] }),
        new PolicyStatement({
          actions: ['states:DescribeExecution', 'states:StopExecution', 'states:RedriveExecution'],
          resources: [executions],
        }),
        new PolicyStatement({ actions: ['states:DescribeMapRun'], resources: [runs] }),
      ],
    });
    for (const arn of [executions, runs])
      acknowledgeWildcard(policy, arn, 'Runs and the executions of their items have names of chance.');
  }
}

function bucketOf(scope: Construct, { batchLoad, removalPolicy }: BatchLoadProps): BatchBucket {
  const { bucketName, retentionDays } = batchLoad;
  if (bucketName !== undefined) return Bucket.fromBucketName(scope, 'Bucket', bucketName);
  const bucket = new Bucket(scope, 'Bucket', {
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    lifecycleRules: [
      {
        expiration: Duration.days(retentionDays),
        abortIncompleteMultipartUploadAfter: Duration.days(INCOMPLETE_UPLOADS_DAYS),
      },
    ],
    removalPolicy,
  });
  Validations.of(bucket).acknowledge({
    id: 'AwsSolutions-S1',
    reason: 'Who may read it is for the account; CloudTrail tells who did, without a second bucket for that.',
  });
  return bucket;
}
