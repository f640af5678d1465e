import { Validations } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

/** A role of our own: the managed policy that Lambda's default role has may write into every log group. */
export function functionRole(scope: Construct, id: string, description: string, logs: LogGroup): Role {
  const role = new Role(scope, id, {
    description,
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
  });
  logs.grantWrite(role);
  Validations.of(role).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: 'X-Ray has no resource-level permissions for sending traces; AWS documents *.',
  });
  return role;
}
