import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { TABLE_KEYS } from '../../lambdas/core/contracts/table.js';
import { PRIORITIES } from '../../lambdas/core/contracts/priority.js';
import type { Deployment } from './probe.js';

/** Runs `work` while the worker serves no class, so that messages stay where the probe can see them. */
export async function whilePaused<T>(
  { dynamo, tableName, api }: Deployment,
  work: () => Promise<T>,
): Promise<T> {
  const { pk, sk } = TABLE_KEYS.control(api);
  const Key = { pk: { S: pk }, sk: { S: sk } };
  await dynamo.send(
    new PutItemCommand({ TableName: tableName, Item: { ...Key, paused: { SS: [...PRIORITIES] } } }),
  );
  try {
    return await work();
  } finally {
    await dynamo.send(new DeleteItemCommand({ TableName: tableName, Key }));
  }
}
