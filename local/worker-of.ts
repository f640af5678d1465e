import type { LambdaFunction } from './aws/lambda/lambda-function.js';
import type { EmbeddedAws } from './embedded-aws.js';

/** The function that serves the queues, by the stack's own output. Throws where the stack has none. */
export function workerOf({ outputs, functions }: Pick<EmbeddedAws, 'outputs' | 'functions'>): LambdaFunction {
  const named = Object.entries(outputs).find(([output]) => output.endsWith('WorkerName'))?.[1];
  const worker = functions.find(({ name }) => name === named);
  if (worker === undefined) throw new Error('the stack has no function that its output WorkerName names');
  return worker;
}
