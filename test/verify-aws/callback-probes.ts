import {
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { STATE_DATA_MAX_BYTES } from '../../lambdas/core/contracts/limits.js';
import { answerOf } from './answer-of.js';
import { whilePaused } from './paused.js';
import type { Deployment, Probe } from './probe.js';
import { startWaitingTask, type WaitingTask } from './waiting-task.js';

/** What Step Functions answers to callbacks where its documentation is silent. */
export const callbackProbes: readonly Probe[] = [
  {
    name: 'heartbeat-as-probe',
    question: 'Does SendTaskHeartbeat succeed on a task that waits?',
    assumed:
      'It does, as documented: the task has HeartbeatSeconds. If not, every message that waited would be taken for dead.',
    ask: (deployment) =>
      withTask(deployment, async ({ taskToken }) => {
        const seen = await answerOf(deployment.sfn.send(new SendTaskHeartbeatCommand({ taskToken })));
        return { seen, asAssumed: seen === 'accepted' };
      }),
  },
  {
    name: 'oversized-output',
    question: 'Which error does an output above 256 KiB get, and does the task still wait afterwards?',
    assumed: 'Any error that leaves the task waiting; the worker never sends such an output.',
    ask: (deployment) =>
      withTask(deployment, async ({ taskToken }) => {
        const output = JSON.stringify('x'.repeat(STATE_DATA_MAX_BYTES));
        const first = await answerOf(deployment.sfn.send(new SendTaskSuccessCommand({ taskToken, output })));
        const then = await answerOf(deployment.sfn.send(new SendTaskHeartbeatCommand({ taskToken })));
        return {
          seen: `${first}, then a heartbeat: ${then}`,
          asAssumed: first !== 'accepted' && then === 'accepted',
        };
      }),
  },
  {
    name: 'closed-task',
    question: 'Which errors do late, duplicate and stopped-execution callbacks get?',
    assumed: 'TaskTimedOut for each; TaskDoesNotExist and InvalidToken are treated alike.',
    ask: (deployment) => whilePaused(deployment, () => askClosedTasks(deployment)),
  },
];

const CLOSED = new Set(['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken']);

async function askClosedTasks(deployment: Deployment) {
  const { sfn } = deployment;
  const ended = await startWaitingTask(deployment);
  await sfn.send(
    new SendTaskFailureCommand({ taskToken: ended.taskToken, error: 'Verify.Done', cause: 'a probe' }),
  );
  const duplicate = await answerOf(
    sfn.send(new SendTaskSuccessCommand({ taskToken: ended.taskToken, output: '1' })),
  );
  const stopped = await startWaitingTask(deployment);
  await sfn.send(new StopExecutionCommand({ executionArn: stopped.executionArn }));
  const afterStop = await answerOf(sfn.send(new SendTaskHeartbeatCommand({ taskToken: stopped.taskToken })));
  const forged = await answerOf(sfn.send(new SendTaskHeartbeatCommand({ taskToken: 'not-a-token' })));
  const seen = `duplicate: ${duplicate}; after a stop: ${afterStop}; forged: ${forged}`;
  return { seen, asAssumed: [duplicate, afterStop, forged].every((name) => CLOSED.has(name)) };
}

/** Pauses the worker, lends a waiting task, and ends its execution whatever happens. */
function withTask<T>(deployment: Deployment, use: (task: WaitingTask) => Promise<T>): Promise<T> {
  return whilePaused(deployment, async () => {
    const task = await startWaitingTask(deployment);
    try {
      return await use(task);
    } finally {
      await deployment.sfn.send(new StopExecutionCommand({ executionArn: task.executionArn }));
    }
  });
}
