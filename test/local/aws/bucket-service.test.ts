import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { LOCAL_REGION } from '../../../local/aws/account.js';
import { type Queues, startQueues } from '../support/queues.js';

/** More than the other APIs take in one request. */
const LARGE = 'x'.repeat(6_000_000);

describe('S3 behind the gateway', () => {
  let queues: Queues;
  let s3: S3Client;

  beforeAll(async () => {
    queues = await startQueues();
    queues.bucketService.createBucket('store');
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    s3 = new S3Client({ endpoint: queues.gateway.endpoint, region: LOCAL_REGION, credentials });
  });

  afterAll(async () => {
    s3.destroy();
    await queues.stop();
  });

  async function textOf(Key: string): Promise<string | undefined> {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'store', Key }));
    return Body?.transformToString();
  }

  it.each([
    ['a/small.csv', 'id,name\r\n1,"ä, ß"\r\n'],
    ['a large one', LARGE],
  ])('takes %s from a client and gives it to the state machines, and the other way', async (Key, text) => {
    await s3.send(new PutObjectCommand({ Bucket: 'store', Key, Body: text }));
    await queues.bucketService.put('store', `${Key} back`, text);

    expect((await queues.bucketService.get('store', Key)) === text).toBe(true);
    expect((await textOf(`${Key} back`)) === text).toBe(true);
  });

  it('names what there is not', async () => {
    await expect(textOf('nothing')).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(queues.bucketService.get('nowhere', 'x')).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });
});
