import { setTimeout as sleep } from 'node:timers/promises';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { LOCAL_REGION } from '../aws/account.js';
import type { PlannedStart } from './load-plan.js';
import type { RunRecord } from './run-record.js';
import type { SampleCall } from './sample-call.js';

export interface LoadTarget {
  readonly endpoint: string;
  readonly stateMachineArn: string;
  readonly sample: SampleCall;
  /** What an execution of this name asks for. @default - what the sample does */
  readonly operationOf?: ((name: string) => string) | undefined;
}

/** Starts the planned executions with the real SDK, each at its time, and records them. */
export async function runLoad(
  target: LoadTarget,
  starts: readonly PlannedStart[],
  record: RunRecord,
): Promise<void> {
  const sfn = new SFNClient({
    endpoint: target.endpoint,
    region: LOCAL_REGION,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const beganMs = performance.now();
  const running = starts.map(async ({ name, priority, atMs }) => {
    const waitMs = beganMs + atMs - performance.now();
    if (waitMs > 0) await sleep(waitMs);
    record.starting(name, priority);
    const input = {
      operation: target.operationOf?.(name) ?? target.sample.operation,
      priority,
      idempotencyKey: name,
      payload: target.sample.payload(name),
    };
    await sfn.send(
      new StartExecutionCommand({
        stateMachineArn: target.stateMachineArn,
        name,
        input: JSON.stringify(input),
      }),
    );
  });
  try {
    await Promise.all(running);
  } finally {
    sfn.destroy();
  }
}
