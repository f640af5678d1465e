import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SQSClient, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import {
  CALLBACK_CLIENT,
  longPollClient,
  PROMPT_CLIENT,
  RESULT_CLIENT,
} from '../../../lambdas/adapters/aws-clients.js';
import { CALLBACK_MAX_MS, RESULT_STORE_MAX_MS } from '../../../lambdas/core/config/timings.js';
import { aConfig } from '../../support/a-config.js';

function longestMsOf({ maxAttempts, requestHandler }: typeof CALLBACK_CLIENT | typeof RESULT_CLIENT): number {
  return maxAttempts * (requestHandler.connectionTimeout + requestHandler.requestTimeout);
}

describe('the settings of AWS clients', () => {
  it('make three attempts', () => {
    expect(PROMPT_CLIENT.maxAttempts).toBe(3);
    expect(longPollClient(aConfig()).maxAttempts).toBe(3);
  });

  it('end an attempt at a callback, and its repeat, in the time that settling allows for it', () => {
    expect(longestMsOf(CALLBACK_CLIENT)).toBeLessThan(CALLBACK_MAX_MS);
  });

  it('end an attempt at storing a result, and its repeat, in the time that a call allows for it', () => {
    expect(longestMsOf(RESULT_CLIENT)).toBeLessThan(RESULT_STORE_MAX_MS);
  });

  it('leave a long poll the time that it asks for', () => {
    const { requestHandler } = longPollClient(aConfig({ lingerSeconds: 20 }));

    expect(requestHandler.requestTimeout).toBeGreaterThan(20_000);
  });
});

describe('a service that never answers', () => {
  let silent: Server;
  let endpoint: string;

  beforeAll(async () => {
    silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    endpoint = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  });

  afterAll(async () => {
    silent.closeAllConnections();
    await new Promise((resolve) => silent.close(resolve));
  });

  it.each([
    ['prompt client', PROMPT_CLIENT],
    ['long-poll client', longPollClient(aConfig())],
    ['callback client', CALLBACK_CLIENT],
  ])('makes no request of the %s hang', async (_name, settings) => {
    const sqs = new SQSClient({
      ...settings,
      maxAttempts: 1,
      requestHandler: { ...settings.requestHandler, requestTimeout: 50 },
      endpoint,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
    });

    await expect(sqs.send(new ReceiveMessageCommand({ QueueUrl: `${endpoint}/q` }))).rejects.toThrow(/50 ms/);

    sqs.destroy();
  });
});
