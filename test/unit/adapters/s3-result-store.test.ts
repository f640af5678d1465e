import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { S3ResultStore } from '../../../lambdas/adapters/s3-result-store.js';

const s3 = mockClient(S3Client);
const store = new S3ResultStore(new S3Client({}), 'results-bucket');

beforeEach(() => s3.reset());

describe('S3ResultStore', () => {
  it('stores a result as JSON in its bucket, and tells where and how long it is in UTF-8', async () => {
    s3.on(PutObjectCommand).resolves({});

    expect(await store.put('results/1.json', '"é"')).toEqual({ bucket: 'results-bucket', bytes: 4 });

    expect(s3.commandCalls(PutObjectCommand)[0]?.args[0].input).toEqual({
      Bucket: 'results-bucket',
      Key: 'results/1.json',
      Body: Buffer.from('"é"'),
      ContentType: 'application/json',
    });
  });

  it('throws when the bucket takes nothing', async () => {
    s3.on(PutObjectCommand).rejects(Object.assign(new Error('no'), { name: 'AccessDenied' }));

    await expect(store.put('results/1.json', '1')).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});
