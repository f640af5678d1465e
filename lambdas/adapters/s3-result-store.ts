import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { ResultStore } from '../core/ports.js';
import { RESULT_CLIENT } from './aws-clients.js';

/** Results as objects of one bucket, encrypted as the bucket says. */
export class S3ResultStore implements ResultStore {
  readonly #s3: S3Client;
  readonly #bucket: string;

  constructor(s3: S3Client, bucket: string) {
    this.#s3 = s3;
    this.#bucket = bucket;
  }

  async put(key: string, json: string): Promise<{ readonly bucket: string; readonly bytes: number }> {
    const body = Buffer.from(json);
    await this.#s3.send(
      new PutObjectCommand({
        Bucket: this.#bucket,
        Key: key,
        Body: body,
        ContentType: 'application/json',
      }),
    );
    return { bucket: this.#bucket, bytes: body.length };
  }
}

/** The store of a worker that is built with one. */
export function s3ResultStore(bucket: string): ResultStore {
  return new S3ResultStore(new S3Client(RESULT_CLIENT), bucket);
}
