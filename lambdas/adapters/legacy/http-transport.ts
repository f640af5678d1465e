import {
  Agent as HttpAgent,
  type ClientRequest,
  type IncomingMessage,
  request as httpRequest,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { OrchestratorConfig } from '../../core/config/orchestrator-config.js';
import type { Exchange, LegacyAnswer } from '../../core/outcomes/exchange.js';
import type { Clock } from '../../core/ports.js';
import { BODY_MAX_BYTES, readBody } from './http-body.js';
import type { ClientCertificate, Transport, WireRequest } from './transport.js';

type TransportConfig = Pick<OrchestratorConfig, 'baseUrl' | 'connectionIdleMaxMs' | 'resultOffload'>;

/**
 * Calls over HTTP/1.1, one warm connection for a slot.
 *
 * It uses Node's own client because the verdict depends on what it exposes: whether the connection stood when a
 * call failed, hence whether anything can have been sent.
 */
export class HttpTransport implements Transport {
  readonly #clock: Clock;
  readonly #config: TransportConfig;
  readonly #bodyBytesMax: number;
  readonly #send: typeof httpRequest;
  #agent: HttpAgent;
  #lastUsedMs = 0;
  #certificate: ClientCertificate | undefined;

  constructor(clock: Clock, config: TransportConfig) {
    this.#clock = clock;
    this.#config = config;
    this.#bodyBytesMax = config.resultOffload?.bytesMax ?? BODY_MAX_BYTES;
    this.#send = config.baseUrl.toLowerCase().startsWith('https:') ? httpsRequest : httpRequest;
    this.#agent = this.#newAgent();
  }

  async exchange(request: WireRequest, timeoutMs: number): Promise<LegacyAnswer> {
    if (request.certificate !== this.#certificate) this.#renew(request.certificate);
    this.#dropStaleConnection();
    let opened: OpenedRequest;
    try {
      opened = this.#open(request);
    } catch (error) {
      const reason = `the request cannot be written (${(error as NodeJS.ErrnoException).code ?? 'Error'})`;
      return { exchange: { kind: 'notSent', reason }, sentAtMs: undefined };
    }
    const answer = await this.#exchange(opened, timeoutMs);
    this.#lastUsedMs = Date.now();
    return answer;
  }

  #open({ url, method, headers, body }: WireRequest): OpenedRequest {
    return { outgoing: this.#send(url, { method, headers, agent: this.#agent }), body };
  }

  #exchange({ outgoing, body }: OpenedRequest, timeoutMs: number): Promise<LegacyAnswer> {
    return new Promise((resolve) => {
      let sentAtMs: number | undefined;
      let status: number | undefined;
      const settle = (exchange: Exchange) => {
        clearTimeout(timer);
        resolve({ exchange, sentAtMs });
      };
      const fail = (reason: string) =>
        settle(sentAtMs === undefined ? { kind: 'notSent', reason } : { kind: 'lost', reason });

      const timer = setTimeout(() => {
        fail(`${missing(sentAtMs, status)} within ${timeoutMs} ms`);
        outgoing.destroy();
      }, timeoutMs);
      outgoing.on('error', (error) => fail(reasonOf(error)));
      outgoing.on('response', (incoming: IncomingMessage) => {
        if (sentAtMs === undefined) {
          // Such as a 408 for an idle connection: no answer to this call, which then need not be sent.
          fail('the legacy API spoke before anything was sent');
          outgoing.destroy();
          return;
        }
        status = incoming.statusCode;
        void readBody(incoming, this.#bodyBytesMax).then(settle);
      });
      // Without an error where the legacy API switches protocols. Once an answer began, its body says how it ended.
      outgoing.on('close', () => {
        if (status === undefined) fail('the connection was closed without an answer');
      });
      // The request is written only once the connection stands, so that a failure before proves that nothing was sent.
      whenConnected(outgoing, () => {
        sentAtMs = this.#clock.nowMs();
        // Counted again once it has left this process, which may have been held up in between.
        outgoing.end(body, () => (sentAtMs = this.#clock.nowMs()));
      });
    });
  }

  /** A frozen environment cannot notice that the legacy API has closed an idle connection, so age decides. */
  #dropStaleConnection(): void {
    if (Date.now() - this.#lastUsedMs < this.#config.connectionIdleMaxMs) return;
    this.#renew(this.#certificate);
  }

  #renew(certificate: ClientCertificate | undefined): void {
    this.#certificate = certificate;
    this.#agent.destroy();
    this.#agent = this.#newAgent();
  }

  #newAgent(): HttpAgent {
    const options = {
      keepAlive: true,
      maxSockets: 1,
      timeout: Math.max(1, this.#config.connectionIdleMaxMs),
      ...this.#certificate,
    };
    return this.#send === httpsRequest ? new HttpsAgent(options) : new HttpAgent(options);
  }
}

/** A request that has no more than its connection. */
interface OpenedRequest {
  readonly outgoing: ClientRequest;
  readonly body: string | undefined;
}

function whenConnected(outgoing: ClientRequest, send: () => void): void {
  outgoing.on('socket', (socket: Socket) => {
    const standing = outgoing.reusedSocket || !socket.connecting;
    if (standing) afterALook(() => (socket.destroyed ? undefined : send()));
    else socket.once(socket instanceof TLSSocket ? 'secureConnect' : 'connect', send);
  });
}

/**
 * Lets what has arrived be read first, so that a connection that was closed while idle fails with nothing sent. The
 * event loop reads between two immediates, but not before the first where it has just read.
 */
function afterALook(send: () => void): void {
  setImmediate(() => setImmediate(send));
}

/** What a call still lacks when its time is over. */
function missing(sentAtMs: number | undefined, status: number | undefined): string {
  if (sentAtMs === undefined) return 'no connection';
  return status === undefined ? 'no answer' : `status ${status}, but no whole body`;
}

function reasonOf(error: Error): string {
  const { code } = error as NodeJS.ErrnoException;
  return code === undefined ? error.message : `${code} (${error.message})`;
}
