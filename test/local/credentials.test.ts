import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import {
  CreateSecretCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { LOCAL_REGION } from '../../local/aws/account.js';
import { synthesize } from '../../local/synthesize.js';
import { startExecution } from './support/executions.js';
import { type OwnStack, startOwnStack } from './support/own-stack.js';

const SECRET = 'erp/client';

const secretOf = (clientSecret: string) => JSON.stringify({ clientId: 'worker', clientSecret });

/** An API with its own token endpoint, which takes the tokens of the current client secret alone. */
class GuardedApi {
  clientSecret = 'first-hush';
  readonly seen: string[] = [];
  readonly #server = createServer((request, response) => void this.#serve(request, response));

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  start(): Promise<void> {
    return new Promise((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    await text(request);
    const { authorization = '' } = request.headers;
    if (request.url === '/token') {
      const isClient =
        authorization === `Basic ${Buffer.from(`worker:${this.clientSecret}`).toString('base64')}`;
      this.seen.push(isClient ? 'token' : 'no token');
      response
        .writeHead(isClient ? 200 : 401)
        .end(JSON.stringify({ access_token: `token-of-${this.clientSecret}`, expires_in: 3_600 }));
      return;
    }
    const isKnown = authorization === `Bearer token-of-${this.clientSecret}`;
    this.seen.push(isKnown ? 'call' : 'refused');
    response.writeHead(isKnown ? 200 : 401).end(JSON.stringify({ seen: authorization }));
  }
}

describe('an API that wants a token', () => {
  const api = new GuardedApi();
  let stack: OwnStack;
  let secrets: SecretsManagerClient;

  beforeAll(async () => {
    await api.start();
    stack = await startOwnStack({
      api: { kind: 'forwarded', port: 0, upstreamUrl: api.url, limits: [], inFlightMax: 1 },
      synthesize: (directory, baseUrl) =>
        synthesize(directory, {
          ...{ baseUrl, slots: 1, limits: [] },
          credentials: { kind: 'oauth2', secret: SECRET, tokenUrl: `${api.url}/token` },
          operations: { charge: { path: '/charges', effect: 'once', timeoutMs: 5_000 } },
        }),
    });
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    secrets = new SecretsManagerClient({ endpoint: stack.aws.endpoint, region: LOCAL_REGION, credentials });
  }, 30_000);

  afterAll(async () => {
    secrets.destroy();
    await stack.stop();
    api.stop();
  });

  const endOf = async (name: string) => {
    const target = { sfn: stack.sfn, stateMachineArn: stack.output('StateMachineArn') };
    await startExecution(target, name, { operation: 'charge', idempotencyKey: name, payload: {} });
    const { status, error } = await stack.ended(name);
    return [status, error ?? undefined, api.seen.splice(0)];
  };

  it('is called with one as soon as there is a secret to get it by', async () => {
    const waiting = endOf('early');
    await secrets.send(new CreateSecretCommand({ Name: SECRET, SecretString: secretOf('first-hush') }));

    expect(await waiting).toEqual(['SUCCEEDED', undefined, ['token', 'call']]);
    expect(await endOf('next')).toEqual(['SUCCEEDED', undefined, ['call']]);
  }, 30_000);

  it('is called with another one after the secret was rotated, without a deployment and without a failure', async () => {
    api.clientSecret = 'second-hush';
    await secrets.send(
      new PutSecretValueCommand({ SecretId: SECRET, SecretString: secretOf('second-hush') }),
    );

    expect(await endOf('rotated')).toEqual(['SUCCEEDED', undefined, ['refused', 'token', 'call']]);
  }, 30_000);

  it('never finds its secrets in what the worker writes', () => {
    expect(stack.logs.length).toBeGreaterThan(0);
    expect(stack.logs.filter((line) => /hush|token-of/.test(line))).toEqual([]);
  });
});
