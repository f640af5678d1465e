import type { Deployment } from './probe.js';

export interface Names {
  readonly deployment: Omit<Deployment, 'sfn' | 'sqs' | 'dynamo'>;
  readonly doorbellName: string;
  readonly workerName: string;
}

/**
 * Finds the stack's parts in its outputs (`cdk deploy --outputs-file`). Throws with the name of every output that
 * is missing.
 */
export function namesFrom(
  outputs: Readonly<Record<string, string>>,
  target: { api: string; operation: string },
): Names {
  const missing: string[] = [];
  const read = (suffix: string): string => {
    const value = Object.entries(outputs).find(([name]) => name.endsWith(suffix))?.[1];
    if (value === undefined) missing.push(suffix);
    return value ?? '';
  };
  const names = {
    deployment: {
      ...target,
      stateMachineArn: read('StateMachineArn'),
      highQueueUrl: read('QueueUrlHigh'),
      tableName: read('TableName'),
    },
    doorbellName: read('DoorbellUrl').split('/').at(-1) ?? '',
    workerName: read('WorkerName'),
  };
  if (missing.length > 0)
    throw new Error(`the outputs lack ${missing.join(', ')}; write them with cdk deploy --outputs-file`);
  return names;
}
