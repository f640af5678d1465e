import type { IncomingMessage, ServerResponse } from 'node:http';
import { BodyTooLargeError, type Listener, listen, LOOPBACK, readBody } from '../json-http.js';
import type { LambdaFunction } from '../lambda/lambda-function.js';
import { proxyEvent } from './proxy-event.js';
import { type Answer, answerOf, GATEWAY_ANSWERS } from './proxy-result.js';
import { matchRoute } from './route-table.js';
import { type Throttling, TokenBucket } from './token-bucket.js';
import { Turns } from './turns.js';

/**
 * Processes that serve one integration at once. Lambda would start an environment for each of a thousand requests; a
 * laptop lets them wait for one.
 */
const ENVIRONMENTS_MAX = 8;

const STAGE = '$default';

/**
 * An HTTP API with Lambda functions behind its routes, on a port of its own. It throttles as its stage says, and
 * answers what no function answers as API Gateway does. Whoever asks is served: authorizers are not emulated.
 */
export class HttpApi {
  readonly id: string;
  readonly #routes = new Map<string, string>();
  readonly #integrations = new Map<string, (event: unknown) => Promise<Answer>>();
  #listener: Listener | undefined;
  #bucket: TokenBucket | undefined;
  #deployed = false;

  constructor(id: string) {
    this.id = id;
  }

  /** Base address of the API. */
  get endpoint(): string {
    return `http://${LOOPBACK}:${this.#listener?.port ?? 0}`;
  }

  async start(port: number): Promise<void> {
    this.#listener = await listen(port, (request, response) => {
      this.#answer(request).then(
        (answer) => send(response, answer),
        (error: unknown) =>
          send(
            response,
            error instanceof BodyTooLargeError ? GATEWAY_ANSWERS.tooLarge : GATEWAY_ANSWERS.failed,
          ),
      );
    });
  }

  async stop(): Promise<void> {
    await this.#listener?.close();
  }

  addIntegration(id: string, target: LambdaFunction): void {
    const turns = new Turns(ENVIRONMENTS_MAX);
    this.#integrations.set(id, (event) => turns.take(() => invoke(target, event)));
  }

  addRoute(routeKey: string, integrationId: string): void {
    this.#routes.set(routeKey, integrationId);
  }

  /** Without a stage, nothing is found. */
  deploy(throttling: Throttling | undefined): void {
    this.#deployed = true;
    this.#bucket =
      throttling === undefined ? undefined : new TokenBucket(throttling, () => performance.now());
  }

  async #answer(request: IncomingMessage): Promise<Answer> {
    const body = await readBody(request);
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const match = this.#deployed
      ? matchRoute([...this.#routes.keys()], request.method ?? 'GET', path)
      : undefined;
    const integrate = this.#integrations.get(this.#routes.get(match?.routeKey ?? '') ?? '');
    if (match === undefined || integrate === undefined) return GATEWAY_ANSWERS.notFound;
    if (this.#bucket?.admits() === false) return GATEWAY_ANSWERS.tooMany;
    return integrate(proxyEvent({ request, body, match, apiId: this.id, stage: STAGE }));
  }
}

async function invoke(target: LambdaFunction, event: unknown): Promise<Answer> {
  const end = await target.invoke(event);
  switch (end.kind) {
    case 'returned':
      return answerOf(end.value);
    case 'throttled':
      return GATEWAY_ANSWERS.unavailable;
    case 'failed':
    case 'crashed':
    case 'timedOut':
      return GATEWAY_ANSWERS.failed;
  }
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  if (response.destroyed) return;
  response.writeHead(status, { ...headers } as Record<string, string | string[]>);
  response.end(body);
}
