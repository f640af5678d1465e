import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { startFauxqs } from 'fauxqs';
import { LOCAL_REGION } from './account.js';
import { LOOPBACK } from './json-http.js';
import type { ObjectStore } from './step-functions/object-store.js';

/** S3: fauxqs on a port of its own, in memory, reached by others only through the gateway. */
export interface BucketService extends ObjectStore {
  readonly port: number;
  createBucket(name: string): void;
  stop(): Promise<void>;
}

export async function startBucketService(): Promise<BucketService> {
  const server = await startFauxqs({ port: 0, host: LOOPBACK, logger: false, defaultRegion: LOCAL_REGION });
  const s3 = new S3Client({
    endpoint: `http://${LOOPBACK}:${server.port}`,
    region: LOCAL_REGION,
    forcePathStyle: true,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  return {
    port: server.port,
    createBucket: (name) => void server.createBucket(name),
    get: async (Bucket, Key) => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
      return (await Body?.transformToString()) ?? '';
    },
    put: async (Bucket, Key, Body) => {
      await s3.send(new PutObjectCommand({ Bucket, Key, Body }));
    },
    stop: async () => {
      s3.destroy();
      await server.stop();
    },
  };
}
