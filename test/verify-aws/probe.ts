import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SFNClient } from '@aws-sdk/client-sfn';
import type { SQSClient } from '@aws-sdk/client-sqs';

/** A deployed throw-away stack, and the clients to question it with. */
export interface Deployment {
  readonly sfn: SFNClient;
  readonly sqs: SQSClient;
  readonly dynamo: DynamoDBClient;
  readonly stateMachineArn: string;
  readonly highQueueUrl: string;
  readonly tableName: string;
  /** The orchestrator's name, which the control record is kept under. */
  readonly api: string;
  readonly operation: string;
}

export interface Answer {
  /** What was seen, with its figures. */
  readonly seen: string;
  /** Whether the design's assumption held; undefined where the figures alone are the answer. */
  readonly asAssumed: boolean | undefined;
}

/** One question that only real AWS can answer. */
export interface Probe {
  readonly name: string;
  readonly question: string;
  /** What the design assumes, and why it is safe either way. */
  readonly assumed: string;
  ask(deployment: Deployment): Promise<Answer>;
}
