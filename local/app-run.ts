import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SqsFront } from './aws/forward-to-sqs.js';
import type { StatusChange } from './aws/step-functions/status-change.js';
import { inReverse } from './cleanups.js';
import { type EmbeddedAws, startEmbeddedAws } from './embedded-aws.js';
import type { CallEvent } from './legacy-api/call-book.js';
import type { JudgedApiSettings } from './legacy-api/process-protocol.js';
import { type JudgedApiProcess, startJudgedApi } from './legacy-api/start-judged-api.js';
import type { Synthesized } from './synthesize.js';
import { withoutBundlingLines } from './without-bundling-lines.js';

/** Processes that share a laptop's busy cores spread arrivals more than a warm connection within a Region does. */
export const LAPTOP_JITTER_MS = 60;

export interface AppRunEvents {
  readonly onStatusChange: (change: StatusChange) => void;
  readonly onCall: (event: CallEvent) => void;
  readonly onLog: (line: string) => void;
  /** @default - nobody listens */
  readonly onDelivery?: SqsFront['onReceive'];
  /** @default - nobody listens */
  readonly onAsk?: SqsFront['onAsk'];
}

export interface AppRunOptions {
  readonly api: JudgedApiSettings;
  /** Synthesizes into the directory a stack whose workers call this address. */
  readonly synthesize: (directory: string, baseUrl: string) => Synthesized;
  /** Of the AWS endpoint; 0 takes any free one. */
  readonly port: number;
  /** Whether functions log each step. @default false */
  readonly verbose?: boolean | undefined;
}

/** Any app's stack on this machine, with a judged API at its end. */
export interface AppRun {
  readonly aws: EmbeddedAws;
  readonly legacyApi: JudgedApiProcess;
  /** Of the output whose name ends so. Throws where there is none. */
  readonly output: (suffix: string) => string;
  stop(): Promise<void>;
}

/** Stands up what an app synthesizes. On failure, whatever had started is stopped. */
export async function startApp(
  { api, synthesize, port, verbose }: AppRunOptions,
  events: AppRunEvents,
): Promise<AppRun> {
  const cleanups: (() => Promise<unknown>)[] = [];
  const stop = () => inReverse(cleanups);
  try {
    const legacyApi = await startJudgedApi(api, events.onCall);
    cleanups.push(() => legacyApi.stop());
    const directory = await mkdtemp(join(tmpdir(), 'synthesized-'));
    cleanups.push(() => rm(directory, { recursive: true, force: true }));
    const synthesized = withoutBundlingLines(() => synthesize(directory, legacyApi.url));
    const aws = await startEmbeddedAws({ ...synthesized, ...events, port, verbose });
    cleanups.push(() => aws.stop());
    return { aws, legacyApi, output: (suffix) => outputOf(aws, suffix), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function outputOf({ outputs }: EmbeddedAws, suffix: string): string {
  const value = Object.entries(outputs).find(([name]) => name.endsWith(suffix))?.[1];
  if (value === undefined) throw new Error(`the stack has no output that ends in ${suffix}`);
  return value;
}
