import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LOCAL_REGION } from '../../../local/aws/account.js';
import { updateItemIntegration } from '../../../local/aws/update-item-integration.js';
import { type Queues, startQueues } from '../support/queues.js';

const COUNT = {
  TableName: 'counts',
  Key: { pk: { S: 'tenant' }, sk: { S: 'window' } },
  UpdateExpression: 'ADD calls :one',
  ExpressionAttributeValues: { ':one': { N: '1' } },
  ReturnValues: 'UPDATED_NEW',
};

describe('the integration of dynamodb:updateItem', () => {
  let services: Queues;
  let dynamo: DynamoDBClient;

  beforeAll(async () => {
    services = await startQueues();
    dynamo = new DynamoDBClient({
      endpoint: services.gateway.endpoint,
      region: LOCAL_REGION,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
    await dynamo.send(
      new CreateTableCommand({
        TableName: 'counts',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' },
          { AttributeName: 'sk', AttributeType: 'S' },
        ],
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
      }),
    );
  });

  afterAll(async () => {
    dynamo.destroy();
    await services.stop();
  });

  it('changes an item and returns what it is then', async () => {
    await updateItemIntegration(dynamo, COUNT);

    expect(await updateItemIntegration(dynamo, COUNT)).toEqual({ Attributes: { calls: { N: '2' } } });
  });

  it('fails by the name of the error, in the spelling of the optimized integration', async () => {
    await expect(
      updateItemIntegration(dynamo, { ...COUNT, TableName: 'no-such-table' }),
    ).rejects.toMatchObject({ error: 'DynamoDB.ResourceNotFoundException' });
  });
});
