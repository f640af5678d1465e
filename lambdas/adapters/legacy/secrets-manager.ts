import { SecretsProvider } from '@aws-lambda-powertools/parameters/secrets';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { OrchestratorConfig } from '../../core/config/orchestrator-config.js';
import type { Clock } from '../../core/ports.js';
import { CALLBACK_CLIENT } from '../aws-clients.js';
import { type Credentials, CredentialsError } from './credentials.js';
import { HttpTransport } from './http-transport.js';
import { SecretCredentials, type SecretSource } from './secret-credentials.js';

/** How long a rotated secret may go unnoticed by an API that still takes the old one. */
const MAX_AGE_SECONDS = 300;

/** After a failure the secret that is known is used for so long before Secrets Manager is asked again. */
const ASK_AGAIN_AFTER_MS = 30_000;

/** Secrets from Secrets Manager. One that is known outlives an outage: the legacy API decides whether it is still good. */
export class SecretsManager implements SecretSource {
  readonly #provider: SecretsProvider;
  readonly #clock: Clock;
  readonly #known = new Map<string, string>();
  #failedMs = -Infinity;

  constructor(client: SecretsManagerClient, clock: Clock) {
    this.#provider = new SecretsProvider({ awsSdkV3Client: client });
    this.#clock = clock;
  }

  async read(secret: string, fresh: boolean): Promise<string> {
    const known = this.#known.get(secret);
    if (known !== undefined && this.#clock.nowMs() - this.#failedMs < ASK_AGAIN_AFTER_MS) return known;
    try {
      const value = await this.#provider.get(secret, { maxAge: MAX_AGE_SECONDS, forceFetch: fresh });
      if (typeof value !== 'string') throw new CredentialsError(`the secret ${secret} is no text`);
      this.#known.set(secret, value);
      return value;
    } catch (error) {
      this.#failedMs = this.#clock.nowMs();
      if (known !== undefined) return known;
      throw error instanceof CredentialsError ? error : new CredentialsError(unreadable(secret, error));
    }
  }
}

/** What AWS says is told by its name alone. */
function unreadable(secret: string, error: unknown): string {
  const { cause } = error as { readonly cause?: unknown };
  const { name = 'Error' } = Object(cause ?? error) as { readonly name?: string };
  return `the secret ${secret} cannot be read (${name})`;
}

/** The credentials that a configuration names. */
export function credentialsOf(config: OrchestratorConfig, clock: Clock): Credentials {
  const source = new SecretsManager(new SecretsManagerClient(CALLBACK_CLIENT), clock);
  const { credentials, connectionIdleMaxMs } = config;
  const baseUrl = credentials?.kind === 'oauth2' ? credentials.tokenUrl : config.baseUrl;
  return new SecretCredentials(
    config,
    source,
    clock,
    new HttpTransport(clock, { baseUrl, connectionIdleMaxMs }),
  );
}
