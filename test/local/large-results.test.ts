import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { OffloadedResult } from '../../lambdas/core/contracts/offloaded-result.js';
import { LOCAL_REGION } from '../../local/aws/account.js';
import { synthesize } from '../../local/synthesize.js';
import { anHttpServer, type LoopbackServer } from '../support/loopback-server.js';
import { startExecution } from './support/executions.js';
import { type OwnStack, startOwnStack } from './support/own-stack.js';

/** More than a task may return, and than is read where results are not offloaded. */
const LARGE = JSON.stringify({ lines: 'é'.repeat(1_000_000) });

describe('a legacy API whose results are larger than a task may return', () => {
  let server: LoopbackServer;
  let stack: OwnStack;
  let s3: S3Client;

  beforeAll(async () => {
    server = await anHttpServer((request, response) => {
      request.resume();
      response.writeHead(200, { 'content-type': 'application/json' }).end(LARGE);
    });
    const upstreamUrl = `http://127.0.0.1:${server.port}`;
    stack = await startOwnStack({
      api: { kind: 'forwarded', port: 0, upstreamUrl, limits: [], inFlightMax: 2 },
      synthesize: (directory, baseUrl) =>
        synthesize(directory, { baseUrl, slots: 2, limits: [], resultOffload: {} }),
    });
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    s3 = new S3Client({
      endpoint: stack.aws.endpoint,
      region: LOCAL_REGION,
      credentials,
      forcePathStyle: true,
    });
  }, 60_000);

  afterAll(async () => {
    s3.destroy();
    await stack.stop();
    await server.stop();
  });

  it('has them stored, where the workflow finds them whole', async () => {
    const target = { sfn: stack.sfn, stateMachineArn: stack.output('StateMachineArn') };
    await startExecution(target, 'large', { operation: 'createOrder', payload: {} });

    const { status, output } = await stack.ended('large');

    expect(status).toBe('SUCCEEDED');
    const { bucket, key, bytes } = (JSON.parse(output ?? '') as OffloadedResult).offloadedResult;
    expect(bucket).toBe(stack.output('ResultsBucketName'));
    expect(bytes).toBe(Buffer.byteLength(LARGE));
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    expect(await Body?.transformToString()).toBe(LARGE);
  });
});
