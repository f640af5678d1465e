import { readFile } from 'node:fs/promises';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { OrchestratorConfig } from '../../lambdas/core/config/orchestrator-config.js';
import { ConfigError } from '../../lambdas/core/config/parse-config.js';
import { LOCAL_REGION } from '../aws/account.js';

/** Secrets by their names, each as text. */
export type Secrets = ReadonlyMap<string, string>;

/** Throws a ConfigError where the file is not such a thing as `{"erp/api-key": {"apiKey": "..."}}`; it never tells what is in it. */
export async function readSecrets(file: string): Promise<Secrets> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    const why = error instanceof SyntaxError ? 'it is not JSON' : 'it cannot be read';
    throw new ConfigError('--secrets', [`${file}: ${why}`], { cause: error });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ConfigError('--secrets', [`${file}: expected an object of secrets by their names`]);
  const texts = Object.entries(value).map(
    ([name, secret]: [string, unknown]) =>
      [name, typeof secret === 'string' ? secret : JSON.stringify(secret)] as const,
  );
  return new Map(texts);
}

/** Throws a ConfigError for each secret that the configuration names and nobody has brought: calls would wait for it. */
export function requireSecrets(
  { credentials, clientCertificate }: Pick<OrchestratorConfig, 'credentials' | 'clientCertificate'>,
  secrets: Secrets,
): void {
  const named = Object.entries({ credentials, clientCertificate });
  const faults = named.flatMap(([field, wanted]) =>
    wanted === undefined || secrets.has(wanted.secret)
      ? []
      : [`${wanted.secret}: missing, but ${field} names it; add it to the file of --secrets`],
  );
  if (faults.length > 0) throw new ConfigError('--secrets', faults);
}

/** Puts them into the local Secrets Manager. */
export async function putSecrets(endpoint: string, secrets: Secrets): Promise<void> {
  const client = new SecretsManagerClient({
    ...{ endpoint, region: LOCAL_REGION },
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  try {
    for (const [Name, SecretString] of secrets)
      await client.send(new CreateSecretCommand({ Name, SecretString }));
  } finally {
    client.destroy();
  }
}
