import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SFNClient } from '@aws-sdk/client-sfn';
import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { PROMPT_CLIENT } from '../adapters/aws-clients.js';
import { EventBus } from '../adapters/event-bus.js';
import { SfnExecutions } from '../adapters/sfn-executions.js';
import { callEventSource } from '../core/contracts/call-events.js';
import { type CallEventPorts, handleCallEvent } from '../core/events/handle-call-event.js';
import { readEnvironment } from './environment.js';

const { config, stateMachineArn } = readEnvironment(process.env);
const executions = new SfnExecutions(new SFNClient(PROMPT_CLIENT), stateMachineArn);
const bus = new EventBus(
  new EventBridgeClient(PROMPT_CLIENT),
  config.events?.busName ?? 'default',
  callEventSource(config.name),
);
const logger = new Logger({ serviceName: config.name });
const ports: CallEventPorts = {
  start: (name, inputJson) => executions.start(name, inputJson),
  executionArn: (name) => executions.arn(name),
  describe: (executionArn) => executions.describe(executionArn),
  publish: (detailType, answer) => bus.publish(detailType, answer),
  record: ({ kind, ...details }) => {
    if (kind === 'problem') logger.warn(kind, details);
    else logger.info(kind, details);
  },
};

/** Starts calls, and tells of their ends; events that cannot be finished now come back. */
async function handleBatch({ Records }: SQSEvent): Promise<SQSBatchResponse> {
  const handled = await Promise.all(
    Records.map(async ({ messageId, body }) => ({
      itemIdentifier: messageId,
      end: await handleCallEvent(ports, config, body),
    })),
  );
  const unfinished = handled.filter(({ end }) => end === 'comesBack');
  return { batchItemFailures: unfinished.map(({ itemIdentifier }) => ({ itemIdentifier })) };
}

export const handler = middy(handleBatch).use(injectLambdaContext(logger));
