import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { OrchestratorConfig } from '../lambdas/core/config/orchestrator-config.js';
import { RESULT_KEY_PREFIX } from '../lambdas/core/contracts/offloaded-result.js';
import { acknowledgeWildcard } from './acknowledge-wildcard.js';

export interface ResultStoreProps {
  readonly resultOffload: NonNullable<OrchestratorConfig['resultOffload']>;
  /** @default RemovalPolicy.RETAIN */
  readonly removalPolicy?: RemovalPolicy | undefined;
}

/** Where the worker puts results that no task can carry, for their workflows to fetch. */
export class ResultStore extends Construct {
  readonly bucket: Bucket;

  constructor(
    scope: Construct,
    id: string,
    { resultOffload, removalPolicy = RemovalPolicy.RETAIN }: ResultStoreProps,
  ) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      removalPolicy,
      lifecycleRules: [{ prefix: RESULT_KEY_PREFIX, expiration: Duration.days(resultOffload.retentionDays) }],
    });
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'Who may read results, and whether that is logged, is for their owner to say.',
    });
  }

  /** Lets a role write results, and read none. */
  grantWrite(role: Role): void {
    const results = this.bucket.arnForObjects(`${RESULT_KEY_PREFIX}*`);
    role.addToPrincipalPolicy(new PolicyStatement({ actions: ['s3:PutObject'], resources: [results] }));
    acknowledgeWildcard(role, results, 'Results are named after their calls.');
  }
}
