import type { CredentialsConfig } from '../../core/config/credentials-config.js';
import type { Clock } from '../../core/ports.js';
import { CredentialsError } from './credentials.js';
import { secretFields } from './secret-fields.js';
import type { Transport, WireRequest } from './transport.js';

type OAuth2 = Extract<CredentialsConfig, { kind: 'oauth2' }>;

/** For the whole answer of the token endpoint. */
const TOKEN_TIMEOUT_MS = 3_000;

/** A token is renewed this long before it expires, or after nine tenths of its life. */
const RENEW_BEFORE_MAX_MS = 60_000;

/** Of a token that does not say how long it lives. */
const LIFE_DEFAULT_SECONDS = 300;

interface Token {
  readonly text: string;
  readonly renewAtMs: number;
  readonly expiresAtMs: number;
}

/** One token by client credentials, shared by all calls of this execution environment until it must be renewed. */
export class OAuth2Tokens {
  readonly #config: OAuth2;
  readonly #transport: Transport;
  readonly #clock: Clock;
  #token: Token | undefined;

  constructor(config: OAuth2, transport: Transport, clock: Clock) {
    this.#config = config;
    this.#transport = transport;
    this.#clock = clock;
  }

  forget(): void {
    this.#token = undefined;
  }

  /** Throws a CredentialsError where there is none to be had, and none that still lives. */
  async current(secret: () => Promise<string>): Promise<string> {
    const known = this.#token;
    if (known !== undefined && this.#clock.nowMs() < known.renewAtMs) return known.text;
    try {
      this.#token = await this.#request(await secret());
      return this.#token.text;
    } catch (error) {
      if (known !== undefined && this.#clock.nowMs() < known.expiresAtMs) return known.text;
      throw error;
    }
  }

  async #request(secret: string): Promise<Token> {
    const request = tokenRequest(this.#config, secret);
    const askedMs = this.#clock.nowMs();
    const { exchange } = await this.#transport.exchange(request, TOKEN_TIMEOUT_MS);
    if (exchange.kind !== 'answered')
      throw new CredentialsError(`the token endpoint gives no answer (${exchange.kind})`);
    if (exchange.status !== 200)
      throw new CredentialsError(`the token endpoint answers with status ${exchange.status}`);
    return tokenIn(exchange.body, askedMs);
  }
}

function tokenRequest(config: OAuth2, secret: string): WireRequest {
  const { tokenUrl, scope, audience, clientAuthentication } = config;
  const { clientId, clientSecret } = secretFields(config.secret, secret, ['clientId', 'clientSecret']);
  const form = new URLSearchParams({ grant_type: 'client_credentials' });
  if (scope !== undefined) form.set('scope', scope);
  if (audience !== undefined) form.set('audience', audience);
  if (clientAuthentication === 'body') {
    form.set('client_id', clientId);
    form.set('client_secret', clientSecret);
  }
  const body = form.toString();
  const headers = {
    accept: 'application/json',
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': String(Buffer.byteLength(body)),
    ...(clientAuthentication === 'header' ? { authorization: basicOf(clientId, clientSecret) } : {}),
  };
  return { url: new URL(tokenUrl), method: 'POST', headers, body };
}

/** Both parts are encoded as in a form first (RFC 6749, section 2.3.1). */
function basicOf(clientId: string, clientSecret: string): string {
  const encoded = [clientId, clientSecret].map((part) =>
    new URLSearchParams([['', part]]).toString().slice(1),
  );
  return `Basic ${Buffer.from(encoded.join(':')).toString('base64')}`;
}

function tokenIn(body: string, askedMs: number): Token {
  const { access_token: text, expires_in: life } = parsed(body);
  if (typeof text !== 'string' || !/^[\x21-\x7e]+$/.test(text))
    throw new CredentialsError('the token endpoint answers without an access_token');
  const seconds = Number(life);
  const lifeMs = (Number.isFinite(seconds) && seconds > 0 ? seconds : LIFE_DEFAULT_SECONDS) * 1_000;
  const expiresAtMs = askedMs + lifeMs;
  return { text, expiresAtMs, renewAtMs: expiresAtMs - Math.min(RENEW_BEFORE_MAX_MS, lifeMs / 10) };
}

function parsed(body: string): { readonly access_token?: unknown; readonly expires_in?: unknown } {
  try {
    return Object(JSON.parse(body)) as object;
  } catch {
    return {};
  }
}
