import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import { PROMPT_CLIENT } from '../../lambdas/adapters/aws-clients.js';

const LOCAL_ENDPOINT = 'http://127.0.0.1:4566';

export interface Target {
  /** A local run instead of AWS: at AWS_ENDPOINT_URL, or where `npm run local` serves by default. */
  readonly local?: boolean;
  readonly region?: string;
}

export type Clients = ReturnType<typeof clientsFor>;

/** Clients for every service that the commands ask. Credentials and Region come from the SDK's default chain. */
export function clientsFor({ local = false, region }: Target) {
  const settings = local
    ? {
        ...PROMPT_CLIENT,
        endpoint: process.env['AWS_ENDPOINT_URL'] ?? LOCAL_ENDPOINT,
        region: 'us-east-1',
        credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      }
    : { ...PROMPT_CLIENT, ...(region === undefined ? {} : { region }) };
  return {
    cloudFormation: new CloudFormationClient(settings),
    cloudWatch: new CloudWatchClient(settings),
    dynamo: new DynamoDBClient(settings),
    lambda: new LambdaClient(settings),
    sfn: new SFNClient(settings),
    sqs: new SQSClient(settings),
  };
}
