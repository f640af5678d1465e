import { type ByLane, overflowOf } from '../lambdas/core/contracts/lane.js';
import { byPriority, PRIORITIES, type Priority } from '../lambdas/core/contracts/priority.js';
import type { OrchestratorConfigInput } from '../lambdas/core/config/orchestrator-config.js';
import { type AppRun, type AppRunEvents, LAPTOP_JITTER_MS, startApp } from './app-run.js';
import { nastyApiFor, overridesForChaos } from './chaos/chaos-settings.js';
import type { ChosenApi } from './cli/chosen-api.js';
import type { RunOptions } from './cli/options.js';
import type { JudgedApiSettings } from './legacy-api/process-protocol.js';
import { assertReachable } from './legacy-api/reachable.js';
import { type SampleCall, sampleCallOf } from './load/sample-call.js';
import { synthesize } from './synthesize.js';
import { configOf, workerOf } from './worker-of.js';

/** The whole orchestrator on this machine, with a judged legacy API at its end. */
export interface LocalRun extends AppRun {
  readonly stateMachineArn: string;
  /** Address of the door over HTTP; undefined where the configuration does not open it. */
  readonly intakeUrl: string | undefined;
  /** What to ask for. */
  readonly sample: SampleCall;
  readonly queueNames: ByLane<string>;
  /** Messages that were given up, or were never task requests: on their way to people, or waiting for them. */
  deadLettered(): number;
  /** Deliveries from the priority queues and their overflows. */
  receives(): number;
}

export type LocalRunOptions = Pick<
  RunOptions,
  'limits' | 'concurrency' | 'latency' | 'seed' | 'port' | 'legacyUrl' | 'legacyMethod'
> &
  Partial<Pick<RunOptions, 'chaos'>> & {
    /** Whether the worker logs each step of each call. @default false */
    readonly verbose?: boolean;
    /** @default - the first one in cdk.json, beside all others */
    readonly api?: ChosenApi | undefined;
  };

/** Synthesizes the stack and stands it up. On failure, whatever had started is stopped. */
export async function startLocalRun(options: LocalRunOptions, events: AppRunEvents): Promise<LocalRun> {
  if (options.legacyUrl !== undefined) await assertReachable(options.legacyUrl);
  const run = await startApp(
    {
      api: judgedApiFor(options),
      synthesize: (directory, baseUrl) =>
        synthesize(directory, overridesFor(options, baseUrl), options.api?.context),
      port: options.port,
      verbose: options.verbose,
    },
    events,
  );
  return { ...run, ...surfaceOf(run) };
}

/** The simulated API asks for none, and a token's address may be anywhere. */
const WITHOUT_CREDENTIALS = { credentials: undefined, clientCertificate: undefined };

const LEGACY_URL_OPERATION = 'call';
const LEGACY_URL_TIMEOUT_MS = 8_000;

function judgedApiFor(options: LocalRunOptions): JudgedApiSettings {
  const { limits, concurrency, latency, seed, legacyUrl, chaos = [] } = options;
  const judged = { port: 0, limits, inFlightMax: concurrency };
  if (chaos.length > 0) return { ...judged, ...nastyApiFor({ kinds: chaos, latency, seed }) };
  return legacyUrl === undefined
    ? { kind: 'simulated', ...judged, latency, seed }
    : { kind: 'forwarded', ...judged, upstreamUrl: new URL(legacyUrl).origin };
}

function overridesFor(options: LocalRunOptions, baseUrl: string): Partial<OrchestratorConfigInput> {
  const { limits, concurrency: slots, latency, legacyUrl, legacyMethod, api, chaos = [] } = options;
  const pacing = {
    ...(legacyUrl === undefined ? WITHOUT_CREDENTIALS : {}),
    baseUrl,
    slots,
    limits: limits.map((limit) => ({ ...limit })),
    arrivalJitterMs: LAPTOP_JITTER_MS,
  };
  if (chaos.length > 0) return { ...pacing, ...overridesForChaos(latency) };
  if (legacyUrl === undefined) return pacing;
  const method = legacyMethod as 'POST';
  const { pathname } = new URL(legacyUrl);
  const path = pathname === '/' ? '' : pathname;
  if (api !== undefined) return { ...pacing, baseUrl: baseUrl + path };
  const operation = { method, path, effect: 'idempotent', timeoutMs: LEGACY_URL_TIMEOUT_MS } as const;
  return { ...pacing, operations: { [LEGACY_URL_OPERATION]: operation } };
}

function nameOf(queueUrl: string): string {
  return queueUrl.split('/').at(-1) ?? '';
}

function queueOutput(priority: Priority): string {
  return `QueueUrl${priority.slice(0, 1)}${priority.slice(1).toLowerCase()}`;
}

/** Of the classes that have an overflow. */
function overflowNames(outputs: AppRun['aws']['outputs']): Partial<ByLane<string>> {
  const named = PRIORITIES.flatMap((priority) =>
    Object.entries(outputs)
      .filter(([output]) => output.endsWith(`${queueOutput(priority)}Overflow`))
      .map(([, url]) => [overflowOf(priority), nameOf(url)] as const),
  );
  return Object.fromEntries(named);
}

function surfaceOf({ aws, output }: AppRun): Omit<LocalRun, keyof AppRun> {
  const queueNames = {
    ...byPriority((priority) => nameOf(output(queueOutput(priority)))),
    ...overflowNames(aws.outputs),
  };
  const names = Object.values(queueNames);
  const deadLetterNames = ['DeadLetterUrl', 'ParkedUrl'].map((suffix) => nameOf(output(suffix)));
  const total = (queue: string) => {
    const { visible, delayed, inFlight } = aws.contents(queue);
    return visible + delayed + inFlight;
  };
  return {
    stateMachineArn: output('StateMachineArn'),
    intakeUrl: Object.entries(aws.outputs).find(([name]) => name.endsWith('IntakeUrl'))?.[1],
    sample: sampleCallOf(configOf(workerOf(aws))),
    queueNames,
    deadLettered: () => deadLetterNames.reduce((sum, name) => sum + total(name), 0),
    receives: () => names.reduce((sum, name) => sum + aws.receives(name), 0),
  };
}
