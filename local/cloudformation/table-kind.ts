import type { AttributeDefinition, KeySchemaElement } from '@aws-sdk/client-dynamodb';
import { LOCAL_ACCOUNT_ID, LOCAL_REGION } from '../aws/account.js';
import type { TableService } from '../aws/table-service.js';
import type { Deploy } from './resource-kinds.js';

/** AWS::DynamoDB::Table and GlobalTable: a table in dynalite with the template's key. */
export function tableKind(tableService: TableService): Deploy {
  return async ({ logicalId, properties }) => {
    const name = properties.text('TableName') ?? logicalId;
    await tableService.createTable({
      TableName: name,
      AttributeDefinitions: [...properties.list('AttributeDefinitions')] as AttributeDefinition[],
      KeySchema: [...properties.list('KeySchema')] as KeySchemaElement[],
      BillingMode: 'PAY_PER_REQUEST',
    });
    // Time to live, backups and encryption change nothing within the minutes that a local run lives.
    properties.inert(
      'BillingMode',
      'TimeToLiveSpecification',
      'PointInTimeRecoverySpecification',
      'SSESpecification',
    );
    properties.inert('Replicas', 'DeletionProtectionEnabled', 'Tags');
    const arn = `arn:aws:dynamodb:${LOCAL_REGION}:${LOCAL_ACCOUNT_ID}:table/${name}`;
    return { ref: name, attributes: { Arn: arn } };
  };
}
