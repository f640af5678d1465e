import { createSecureContext } from 'node:tls';
import type { CredentialsConfig, SecretConfig } from '../../core/config/credentials-config.js';
import type { OrchestratorConfig } from '../../core/config/orchestrator-config.js';
import { CREDENTIALS_MAX_MS } from '../../core/config/timings.js';
import type { Clock } from '../../core/ports.js';
import { type Credentials, CredentialsError, type Obtained, type Shown } from './credentials.js';
import { OAuth2Tokens } from './oauth2-tokens.js';
import { optionalField, secretFields, secretText } from './secret-fields.js';
import type { ClientCertificate, Transport } from './transport.js';

export interface SecretSource {
  /** The text of a secret, from memory for some minutes unless it must be fresh. Throws where it cannot be had. */
  read(secret: string, fresh: boolean): Promise<string>;
}

/** Whoever is refused with credentials that are younger than this is refused for good, as far as we can tell. */
const FRESH_MS = 30_000;

type Configured = Pick<OrchestratorConfig, 'credentials' | 'clientCertificate'>;

/**
 * Credentials from secrets, which may be rotated or repaired at any time: what was refused, or cannot be used, is fetched
 * anew, at most twice a minute.
 */
export class SecretCredentials implements Credentials {
  readonly #config: Configured;
  readonly #source: SecretSource;
  readonly #clock: Clock;
  readonly #tokens: OAuth2Tokens | undefined;
  #certificate: { readonly text: string; readonly parsed: ClientCertificate } | undefined;
  /** Secrets that must be read afresh, because what we know is refused or cannot be used. */
  readonly #outdated = new Set<string>();
  #doubtedMs = -Infinity;

  constructor(config: Configured, source: SecretSource, clock: Clock, tokenTransport: Transport) {
    const { credentials } = config;
    this.#config = config;
    this.#source = source;
    this.#clock = clock;
    this.#tokens =
      credentials?.kind === 'oauth2' ? new OAuth2Tokens(credentials, tokenTransport, clock) : undefined;
  }

  async obtain(): Promise<Obtained> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<Obtained>((resolve) => {
      const reason = `the credentials were not to be had within ${CREDENTIALS_MAX_MS} ms`;
      timer = setTimeout(() => resolve({ kind: 'missing', reason }), CREDENTIALS_MAX_MS);
    });
    try {
      return await Promise.race([this.#obtain(), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  refused(): boolean {
    const nowMs = this.#clock.nowMs();
    if (nowMs - this.#doubtedMs < FRESH_MS) return false;
    this.#doubtedMs = nowMs;
    this.#tokens?.forget();
    for (const { secret } of [this.#config.credentials, this.#config.clientCertificate].filter(isPresent))
      this.#outdated.add(secret);
    return true;
  }

  async #obtain(): Promise<Obtained> {
    const { credentials, clientCertificate } = this.#config;
    try {
      const shown = credentials === undefined ? NOTHING : await this.#shown(credentials);
      if (clientCertificate === undefined) return { kind: 'obtained', ...shown };
      const certificate = await this.#certificateOf(clientCertificate);
      return { kind: 'obtained', ...shown, certificate };
    } catch (error) {
      this.refused();
      const reason = error instanceof CredentialsError ? error.message : 'the credentials cannot be had';
      return { kind: 'missing', reason };
    }
  }

  async #shown(credentials: CredentialsConfig): Promise<Shown> {
    const { secret } = credentials;
    const read = () => this.#read(secret);
    switch (credentials.kind) {
      case 'basic': {
        const { username, password } = secretFields(secret, await read(), ['username', 'password']);
        const encoded = Buffer.from(`${username}:${password}`).toString('base64');
        return { headers: { authorization: `Basic ${encoded}` }, secrets: [password, encoded] };
      }
      case 'bearer':
        return bearer(secretText(secret, await read(), 'token'));
      case 'apiKey': {
        const apiKey = secretText(secret, await read(), 'apiKey');
        return { headers: { [credentials.header.toLowerCase()]: apiKey }, secrets: [apiKey] };
      }
      case 'oauth2':
        return this.#tokens === undefined ? NOTHING : bearer(await this.#tokens.current(read));
    }
  }

  /** The same object for the same secret, so that the transport keeps its connection. */
  async #certificateOf({ secret }: SecretConfig): Promise<ClientCertificate> {
    const text = await this.#read(secret);
    if (this.#certificate?.text === text) return this.#certificate.parsed;
    const { certificate: cert, privateKey: key } = secretFields(secret, text, ['certificate', 'privateKey']);
    const [passphrase, ca] = [optionalField(text, 'passphrase'), optionalField(text, 'ca')];
    const parsed = {
      ...{ cert, key },
      ...(passphrase === undefined ? {} : { passphrase }),
      ...(ca === undefined ? {} : { ca }),
    };
    try {
      createSecureContext(parsed);
    } catch {
      throw new CredentialsError(`the secret ${secret} has no certificate and private key that fit together`);
    }
    this.#certificate = { text, parsed };
    return parsed;
  }

  async #read(secret: string): Promise<string> {
    const text = await this.#source.read(secret, this.#outdated.has(secret));
    this.#outdated.delete(secret);
    return text;
  }
}

const NOTHING: Shown = { headers: {}, secrets: [] };

function bearer(token: string): Shown {
  return { headers: { authorization: `Bearer ${token}` }, secrets: [token] };
}

function isPresent<Value>(value: Value | undefined): value is Value {
  return value !== undefined;
}
