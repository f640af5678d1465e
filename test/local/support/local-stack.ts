import { SFNClient } from '@aws-sdk/client-sfn';
import { LOCAL_REGION } from '../../../local/aws/account.js';
import type { StatusChange } from '../../../local/aws/step-functions/status-change.js';
import type { CallEvent } from '../../../local/legacy-api/call-book.js';
import { type LocalRun, type LocalRunOptions, startLocalRun } from '../../../local/local-run.js';

/** A local run under test, with what it told us. */
export interface LocalStack extends LocalRun {
  readonly sfn: SFNClient;
  readonly calls: readonly CallEvent[];
  readonly logs: readonly string[];
  /** Resolves with the last status of this execution once it has ended. */
  ended(name: string): Promise<StatusChange>;
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
  const calls: CallEvent[] = [];
  const logs: string[] = [];
  const ends = new Map<string, StatusChange>();
  const waiting = new Map<string, (change: StatusChange) => void>();
  const run = await startLocalRun(
    { ...DEFAULTS, ...options },
    {
      onCall: (event) => calls.push(event),
      onLog: (line) => logs.push(line),
      onStatusChange: (change) => {
        if (change.status === 'RUNNING') return;
        ends.set(change.name, change);
        waiting.get(change.name)?.(change);
      },
    },
  );
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const sfn = new SFNClient({ endpoint: run.aws.endpoint, region: LOCAL_REGION, credentials });
  return {
    ...run,
    sfn,
    calls,
    logs,
    ended: (name) =>
      new Promise((resolve) => {
        const end = ends.get(name);
        if (end === undefined) waiting.set(name, resolve);
        else resolve(end);
      }),
    stop: async () => {
      sfn.destroy();
      await run.stop();
    },
  };
}
