import { readFile } from 'node:fs/promises';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ConfigError } from '../../lambdas/core/config/parse-config.js';
import { LOCAL_REGION } from '../aws/account.js';

/**
 * Puts the secrets of a file into the local Secrets Manager: `{"erp/api-key": {"apiKey": "..."}}`. Throws a ConfigError
 * where the file is no such thing; it never tells what is in it.
 */
export async function putSecrets(endpoint: string, file: string): Promise<void> {
  const secrets = Object.entries(await readSecrets(file));
  const client = new SecretsManagerClient({
    ...{ endpoint, region: LOCAL_REGION },
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  try {
    for (const [Name, value] of secrets)
      await client.send(
        new CreateSecretCommand({
          Name,
          SecretString: typeof value === 'string' ? value : JSON.stringify(value),
        }),
      );
  } finally {
    client.destroy();
  }
}

async function readSecrets(file: string): Promise<Readonly<Record<string, unknown>>> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    const why = error instanceof SyntaxError ? 'it is not JSON' : 'it cannot be read';
    throw new ConfigError('--secrets', [`${file}: ${why}`], { cause: error });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ConfigError('--secrets', [`${file}: expected an object of secrets by their names`]);
  return value as Readonly<Record<string, unknown>>;
}
