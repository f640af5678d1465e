import { validateHeaderName, validateHeaderValue } from 'node:http';
import type { CalledOperation } from '../../core/config/operation-config.js';
import type { OrchestratorConfig } from '../../core/config/orchestrator-config.js';
import type { Exchange, LegacyAnswer, LegacyRequest } from '../../core/outcomes/exchange.js';
import type { LegacyApi, PreparedCall } from '../../core/ports.js';
import { type AdapterRequest, isSuccess, type LegacyAdapter, type ReadAnswer } from './adapter.js';
import type { Credentials, Shown } from './credentials.js';
import type { Transport, WireRequest } from './transport.js';

/** The adapter of an operation, which is built once for each. */
export type AdapterFor = (operation: CalledOperation) => LegacyAdapter;

/** The legacy API over HTTP, each operation through its own adapter, all of them over the one connection of the slot. */
export class AdaptedLegacyApi implements LegacyApi {
  readonly #transport: Transport;
  readonly #baseUrl: string;
  readonly #adapterFor: AdapterFor;
  readonly #credentials: Credentials | undefined;

  /** @param credentials undefined where the legacy API wants none. */
  constructor(
    transport: Transport,
    { baseUrl }: Pick<OrchestratorConfig, 'baseUrl'>,
    adapterFor: AdapterFor,
    credentials?: Credentials,
  ) {
    this.#transport = transport;
    this.#baseUrl = baseUrl;
    this.#adapterFor = adapterFor;
    this.#credentials = credentials;
  }

  async prepare(request: LegacyRequest): Promise<PreparedCall> {
    const written = await this.#written(request);
    if ('faults' in written) return { kind: 'invalid', faults: written.faults };
    const { wire } = written;
    if (this.#credentials === undefined)
      return { kind: 'ready', call: () => this.#call(request, wire, undefined) };
    const obtained = await this.#credentials.obtain();
    if (obtained.kind === 'missing') return { kind: 'notReady', reason: obtained.reason };
    return { kind: 'ready', call: () => this.#call(request, wire, obtained) };
  }

  async #written(
    request: LegacyRequest,
  ): Promise<{ readonly wire: WireRequest } | { readonly faults: readonly string[] }> {
    try {
      const written = await this.#adapterFor(request.operation).toWire(request);
      return 'faults' in written ? written : { wire: toWireRequest(this.#baseUrl, request, written) };
    } catch (error) {
      // Such as a payload that is nested too deeply to be written: it must cost its task, never the slot.
      return { faults: [`payload: the request cannot be written (${nameOf(error)})`] };
    }
  }

  async #call(request: LegacyRequest, wire: WireRequest, shown: Shown | undefined): Promise<LegacyAnswer> {
    const headers = { ...wire.headers, ...shown?.headers };
    const complete = { ...wire, headers, certificate: shown?.certificate };
    const { exchange, sentAtMs } = await this.#transport.exchange(complete, request.operation.timeoutMs);
    const secrets = shown?.secrets ?? [];
    const told = withoutSecrets(exchange, secrets);
    const read = this.#isOutdated(told) ? OUTDATED : await this.#read(told, request);
    // A fault may have come with a status of success.
    return { exchange: withoutSecrets(read, secrets), sentAtMs };
  }

  /** By definition, a 401 refuses a request before it is carried out (RFC 9110, section 15.5.2). */
  #isOutdated(exchange: Exchange): boolean {
    return exchange.kind === 'answered' && exchange.status === 401 && this.#credentials?.refused() === true;
  }

  /** Whatever an adapter does with an answer, it stays an answer: the legacy API had the call. */
  async #read(exchange: Exchange, request: LegacyRequest): Promise<Exchange> {
    if (exchange.kind !== 'answered') return exchange;
    try {
      return await this.#adapterFor(request.operation).fromWire(exchange, request);
    } catch (error) {
      const { status, retryAfter } = exchange;
      const reason = `an answer that the adapter cannot read (${nameOf(error)})`;
      return { kind: 'unreadable', status, retryAfter, reason } satisfies ReadAnswer;
    }
  }
}

const OUTDATED: Exchange = {
  kind: 'notExecuted',
  reason: 'status 401 with credentials that may be outdated; the next call fetches them anew',
};

/** Shorter texts occur by chance. */
const SECRET_MIN_CHARACTERS = 4;

/** What a refusal quotes of our credentials must not reach a log or a failure. A success is the workflow's own. */
function withoutSecrets(exchange: Exchange, secrets: readonly string[]): Exchange {
  const hidden = secrets.filter((secret) => secret.length >= SECRET_MIN_CHARACTERS);
  const blank = (text: string) => hidden.reduce((left, secret) => left.replaceAll(secret, '***'), text);
  switch (exchange.kind) {
    case 'answered':
      return isSuccess(exchange.status) ? exchange : { ...exchange, body: blank(exchange.body) };
    case 'fault':
      return { ...exchange, codes: exchange.codes.map(blank), text: blank(exchange.text) };
    case 'unreadable':
    case 'unusable':
    case 'notExecuted':
      return { ...exchange, reason: blank(exchange.reason) };
    case 'notFound':
    case 'tooLarge':
    case 'notSent':
    case 'lost':
      return exchange;
  }
}

/** Completes what an adapter wrote. Throws on what HTTP cannot carry. */
function toWireRequest(
  baseUrl: string,
  { idempotencyKey }: LegacyRequest,
  { method, path, headers, body }: AdapterRequest,
): WireRequest {
  const base = baseUrl.replace(/\/$/, '');
  const url = new URL(base + path);
  if (url.origin !== new URL(base).origin || url.username !== '')
    throw new TypeError('the path leads to another host');
  const lengths = method === 'GET' ? {} : { 'content-length': String(Buffer.byteLength(body ?? '')) };
  const complete = { ...headers, 'idempotency-key': idempotencyKey, ...lengths };
  for (const [name, value] of Object.entries(complete)) {
    validateHeaderName(name);
    validateHeaderValue(name, value);
  }
  return { url, method, headers: complete, body: method === 'GET' ? undefined : body };
}

/** Without its message, which may quote the payload. */
function nameOf(error: unknown): string {
  const { code, name } = Object(error) as { readonly code?: unknown; readonly name?: unknown };
  return [code, name].find((text) => typeof text === 'string') ?? 'Error';
}
