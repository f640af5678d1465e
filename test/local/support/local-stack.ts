import type { SFNClient } from '@aws-sdk/client-sfn';
import { type LocalRun, type LocalRunOptions, startLocalRun } from '../../../local/local-run.js';
import { sfnClient } from './executions.js';
import { type Observation, observe } from './observation.js';

/** A local run under test, with what it told us. */
export interface LocalStack extends LocalRun, Observation {
  readonly sfn: SFNClient;
}

const DEFAULTS: LocalRunOptions = {
  limits: [{ calls: 20, windowMs: 1_000 }],
  concurrency: 5,
  latency: { medianMs: 50, p99Ms: 50 },
  seed: 1,
  port: 0,
  legacyUrl: undefined,
  legacyMethod: 'POST',
};

/** The real thing on free ports; stop it in `afterAll`. */
export async function startLocalStack(options: Partial<LocalRunOptions> = {}): Promise<LocalStack> {
  const { observation, events } = observe();
  const run = await startLocalRun({ ...DEFAULTS, ...options }, events);
  const sfn = sfnClient(run.aws.endpoint);
  const stop = async (): Promise<void> => {
    sfn.destroy();
    await run.stop();
  };
  return { ...run, ...observation, sfn, stop };
}
