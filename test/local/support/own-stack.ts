import type { SFNClient } from '@aws-sdk/client-sfn';
import { type AppRun, type AppRunOptions, startApp } from '../../../local/app-run.js';
import { sfnClient } from './executions.js';
import { type Observation, observe } from './observation.js';

/** A stack of the test's own, or with a configuration that the command line does not offer. */
export interface OwnStack extends AppRun, Observation {
  readonly sfn: SFNClient;
}

/** Stands up what the template says on free ports; stop it in `afterAll`. */
export async function startOwnStack(options: Omit<AppRunOptions, 'port'>): Promise<OwnStack> {
  const { observation, events } = observe();
  const run = await startApp({ ...options, port: 0 }, events);
  const sfn = sfnClient(run.aws.endpoint);
  const stop = async (): Promise<void> => {
    sfn.destroy();
    await run.stop();
  };
  return { ...run, ...observation, sfn, stop };
}
