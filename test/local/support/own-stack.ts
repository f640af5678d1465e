import type { SFNClient } from '@aws-sdk/client-sfn';
import { inReverse } from '../../../local/cleanups.js';
import { type EmbeddedAws, startEmbeddedAws } from '../../../local/embedded-aws.js';
import type { JudgedApiSettings } from '../../../local/legacy-api/process-protocol.js';
import { type JudgedApiProcess, startJudgedApi } from '../../../local/legacy-api/start-judged-api.js';
import type { Synthesized } from '../../../local/synthesize.js';
import { sfnClient } from './executions.js';
import { type Observation, observe } from './observation.js';
import { scratch } from './scratch.js';

/** A stack of the test's own, or with a configuration that the command line does not offer. */
export interface OwnStack extends Observation {
  readonly aws: EmbeddedAws;
  readonly legacyApi: JudgedApiProcess;
  readonly sfn: SFNClient;
  /** Of the output whose name ends so. */
  output(suffix: string): string;
  stop(): Promise<void>;
}

export interface OwnStackOptions {
  readonly api: JudgedApiSettings;
  /** Synthesizes into the directory a stack whose worker calls this address. */
  readonly synthesize: (directory: string, baseUrl: string) => Synthesized;
}

/** Stands up what the template says on free ports; stop it in `afterAll`. */
export async function startOwnStack({ api, synthesize }: OwnStackOptions): Promise<OwnStack> {
  const { observation, events } = observe();
  const files = await scratch();
  const legacyApi = await startJudgedApi(api, events.onCall);
  const aws = await startEmbeddedAws({
    ...synthesize(files.directory, legacyApi.url),
    ...events,
    port: 0,
  });
  const sfn = sfnClient(aws.endpoint);
  return {
    ...observation,
    aws,
    legacyApi,
    sfn,
    output: (suffix) => Object.entries(aws.outputs).find(([name]) => name.endsWith(suffix))?.[1] ?? '',
    stop: () =>
      inReverse([
        () => files.remove(),
        () => legacyApi.stop(),
        () => aws.stop(),
        () => {
          sfn.destroy();
        },
      ]),
  };
}
