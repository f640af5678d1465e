import { App } from 'aws-cdk-lib';
import { type AppRun, type AppRunEvents, startApp } from '../../../local/app-run.js';
import { synthesizeApp } from '../../../local/synthesize.js';
import { EveryDoorStack } from '../every-door-stack.js';
import { PRIORITIES, type Priority, TurnWatch } from './turn-watch.js';

const STACK = 'every-door';

const API_LATENCY = { medianMs: 20, p99Ms: 40 };

/** Processes that share a laptop's busy cores spread arrivals more than a warm connection within a Region does. */
const LAPTOP_JITTER_MS = 60;

export interface Pace {
  readonly callsPerSecond: number;
  readonly slots: number;
}

/** The stack that deploys, on this machine, with an API that counts every window of its limit. */
export interface DoorsRun extends AppRun {
  readonly turns: TurnWatch;
  readonly slots: number;
  /** Messages that wait in this class's queue now. */
  waiting(priority: Priority): number;
  /** Messages that were given up. */
  deadLettered(): number;
}

export async function startExample(pace: Pace, events: AppRunEvents): Promise<DoorsRun> {
  const priorityOf = new Map<string, Priority>();
  const shares = { HIGH: 0, NORMAL: 0, BATCH: 0 };
  const standing: { turns?: TurnWatch } = {};
  const run = await startApp(
    {
      api: {
        ...{ kind: 'simulated', port: 0, seed: 1, latency: API_LATENCY },
        ...{ limits: [{ calls: pace.callsPerSecond, windowMs: 1_000 }], inFlightMax: pace.slots },
      },
      synthesize: (outdir, apiUrl) => {
        const app = new App({ outdir, analyticsReporting: false, builtinCloudFormationValidation: false });
        const stack = new EveryDoorStack(app, STACK, { ...pace, apiUrl, arrivalJitterMs: LAPTOP_JITTER_MS });
        const { priorities } = stack.orchestrator.config;
        for (const priority of PRIORITIES) shares[priority] = priorities[priority].minShareRatio;
        return synthesizeApp(app, STACK);
      },
      port: 0,
    },
    {
      ...events,
      onAsk: (queueName, slot) => {
        if (slot !== undefined && priorityOf.has(queueName)) standing.turns?.asked(slot, Date.now());
      },
      onDelivery: (queueName, _messages, slot) => {
        const taken = priorityOf.get(queueName);
        if (slot !== undefined && taken !== undefined) standing.turns?.took(slot, taken);
      },
    },
  );
  const contents = (output: string) => run.aws.contents(run.output(output).split('/').at(-1) ?? '');
  const outputs = { HIGH: 'QueueUrlHigh', NORMAL: 'QueueUrlNormal', BATCH: 'QueueUrlBatch' };
  const queue = (priority: Priority) => ({
    oldestReadySentAtMs: () => contents(outputs[priority]).oldestReadySentAtMs,
  });
  for (const priority of PRIORITIES)
    priorityOf.set(run.output(outputs[priority]).split('/').at(-1) ?? '', priority);
  const turns = new TurnWatch(
    { HIGH: queue('HIGH'), NORMAL: queue('NORMAL'), BATCH: queue('BATCH') },
    shares,
  );
  standing.turns = turns;
  return {
    ...run,
    turns,
    slots: pace.slots,
    waiting: (priority) => contents(outputs[priority]).visible,
    deadLettered: () =>
      ['DeadLetterUrl', 'ParkedUrl']
        .map(contents)
        .reduce((sum, { visible, delayed, inFlight }) => sum + visible + delayed + inFlight, 0),
  };
}
