import { Arn, ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import type { SecretConfig } from '../lambdas/core/config/credentials-config.js';
import type { OrchestratorConfig } from '../lambdas/core/config/orchestrator-config.js';

/** The secrets that a configuration names. */
export function secretsOf({ credentials, clientCertificate }: OrchestratorConfig): readonly SecretConfig[] {
  return [credentials, clientCertificate].flatMap((secret) => (secret === undefined ? [] : [secret]));
}

/** Lets the worker read these secrets and no other, and decrypt them by their own keys, through Secrets Manager alone. */
export function grantSecrets(role: Role, config: OrchestratorConfig): void {
  const stack = Stack.of(role);
  for (const { secret, kmsKeyArn } of secretsOf(config)) {
    const resources = [arnOf(stack, secret)];
    role.addToPolicy(new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources }));
    if (kmsKeyArn === undefined) continue;
    const via = `secretsmanager.${regionOf(stack, secret)}.${stack.urlSuffix}`;
    role.addToPolicy(
      new PolicyStatement({
        actions: ['kms:Decrypt'],
        resources: [kmsKeyArn],
        conditions: { StringEquals: { 'kms:ViaService': via } },
      }),
    );
  }
}

/** Secrets Manager ends each ARN with a hyphen and six characters of its own. */
function arnOf(stack: Stack, secret: string): string {
  if (secret.startsWith('arn:')) return secret;
  const resource = { service: 'secretsmanager', resource: 'secret', resourceName: `${secret}-??????` };
  return stack.formatArn({ ...resource, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
}

function regionOf(stack: Stack, secret: string): string {
  if (!secret.startsWith('arn:')) return stack.region;
  return Arn.split(secret, ArnFormat.COLON_RESOURCE_NAME).region ?? stack.region;
}
