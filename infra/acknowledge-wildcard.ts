import { Stack, Validations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** Tells cdk-nag why this ARN, which ends in a wildcard, may stand in a policy under `scope`. */
export function acknowledgeWildcard(scope: Construct, arn: string, reason: string): void {
  Validations.of(scope).acknowledge({
    id: `AwsSolutions-IAM5[Resource::${spelled(Stack.of(scope).resolve(arn))}]`,
    reason,
  });
}

/** As cdk-nag spells what only deployment knows: `<Queue.Arn>`. */
function spelled(value: unknown): string {
  if (typeof value === 'string') return value;
  const { Ref, 'Fn::Join': join, 'Fn::GetAtt': attribute } = value as Intrinsic;
  if (join !== undefined) return join[1].map(spelled).join(join[0]);
  return `<${Ref ?? attribute?.join('.') ?? ''}>`;
}

interface Intrinsic {
  readonly Ref?: string;
  readonly 'Fn::Join'?: readonly [string, readonly unknown[]];
  readonly 'Fn::GetAtt'?: readonly string[];
}
