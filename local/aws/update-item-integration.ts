import {
  type DynamoDBClient,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { IntegrationError } from './step-functions/integration.js';

/** The optimized integration `dynamodb:updateItem`: its errors bear the service's name, in the spelling of that integration. */
export async function updateItemIntegration(dynamo: DynamoDBClient, args: unknown): Promise<unknown> {
  try {
    const { Attributes } = await dynamo.send(new UpdateItemCommand(args as UpdateItemCommandInput));
    return Attributes === undefined ? {} : { Attributes };
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    throw new IntegrationError(`DynamoDB.${name}`, message);
  }
}
