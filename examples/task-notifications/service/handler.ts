import { randomUUID } from 'node:crypto';
import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { OrchestratorClient } from 'rate-limited-orchestrator/client';
import { type MailOperations, Notifications } from './notifications.js';
import { type Answer, ROUTES, type Service } from './routes.js';
import { TaskTable } from './task-table.js';

const logger = new Logger({ serviceName: 'task-service' });

const service: Service = {
  tasks: new TaskTable(new DynamoDBClient(), variable('TASK_TABLE')),
  notifications: new Notifications(
    new OrchestratorClient<MailOperations>({ stateMachineArn: variable('STATE_MACHINE_ARN') }),
  ),
  newRevision: randomUUID,
  nowMs: () => Date.now(),
};

async function serve(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> {
  const route = ROUTES[event.routeKey];
  const body = parse(event);
  if (route === undefined) return toResult({ status: 404 });
  if (body === INVALID) return toResult({ status: 400, body: { faults: ['body: expected JSON'] } });
  return toResult(await route(service, { id: event.pathParameters?.['id'] ?? '', body }));
}

const INVALID = Symbol('not JSON');

function parse({ body, isBase64Encoded }: APIGatewayProxyEventV2): unknown {
  if (body === undefined || body === '') return undefined;
  try {
    return JSON.parse(isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body);
  } catch {
    return INVALID;
  }
}

function toResult({ status, body }: Answer): APIGatewayProxyStructuredResultV2 {
  if (body === undefined) return { statusCode: status };
  return {
    statusCode: status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
}

function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`environment variable ${name} is missing`);
  return value;
}

/** API Gateway answers 500 for what is thrown here, and the caller may repeat the request. */
export const handler = middy(serve).use(injectLambdaContext(logger));
