import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { type SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { OPERATION } from '../every-door-stack.js';

export interface FileDoor {
  readonly s3: S3Client;
  readonly sfn: SFNClient;
  readonly bucket: string;
  readonly batchLoadArn: string;
}

/** How a load ended, as its execution says. */
export interface Summary {
  readonly total: number;
  readonly succeeded: number;
  readonly failed: number;
}

/** A CSV file, one call for each row. Returns the name of the execution that makes them. */
export async function loadFile(
  { s3, sfn, bucket, batchLoadArn }: FileDoor,
  keys: readonly string[],
): Promise<string> {
  const file = { key: 'in/orders.csv', format: 'CSV' };
  const Body = ['id,reference', ...keys.map((key) => `${key},"order ${key}"`), ''].join('\n');
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: file.key, Body }));
  const input = JSON.stringify({ operation: OPERATION, file, keyField: 'id' });
  const request = { stateMachineArn: batchLoadArn, name: 'orders', input };
  const { executionArn = '' } = await sfn.send(new StartExecutionCommand(request));
  return executionArn.split(':').at(-1) ?? '';
}
