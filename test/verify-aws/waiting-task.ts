import { randomUUID } from 'node:crypto';
import { StartExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { DeleteMessageCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { Deployment } from './probe.js';

const LOOKS_MAX = 6;

/** An execution that waits for a callback, and the token that resumes it. */
export interface WaitingTask {
  readonly executionArn: string;
  readonly taskToken: string;
}

/** Starts an execution and takes its message from the queue in the worker's place; the worker must be paused. */
export async function startWaitingTask(deployment: Deployment): Promise<WaitingTask> {
  const { sfn, sqs, stateMachineArn, operation, highQueueUrl: QueueUrl } = deployment;
  const name = `verify-${randomUUID()}`;
  const input = JSON.stringify({ operation, priority: 'HIGH', idempotencyKey: name });
  const { executionArn = '' } = await sfn.send(new StartExecutionCommand({ stateMachineArn, name, input }));
  for (let look = 0; look < LOOKS_MAX; look += 1) {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 10 }));
    for (const { Body = '{}', ReceiptHandle } of Messages) {
      const body = JSON.parse(Body) as { readonly execution?: string; readonly taskToken?: string };
      if (body.execution !== executionArn || body.taskToken === undefined) continue;
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      return { executionArn, taskToken: body.taskToken };
    }
  }
  await sfn.send(new StopExecutionCommand({ executionArn }));
  throw new Error('the execution sent no message to the HIGH queue; is the stack deployed and idle?');
}
