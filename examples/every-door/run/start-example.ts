import { type AppRun, type AppRunEvents, LAPTOP_JITTER_MS, startApp } from '../../../local/app-run.js';
import { synthesizeStack } from '../../../local/synthesize.js';
import { configOf, workerOf } from '../../../local/worker-of.js';
import { EveryDoorStack } from '../every-door-stack.js';
import { PRIORITIES, type Priority, TurnWatch } from './turn-watch.js';

const STACK = 'every-door';

const API_LATENCY = { medianMs: 20, p99Ms: 40 };

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
  const watched = new Map<string, { readonly turns: TurnWatch; readonly priority: Priority }>();
  const run = await startApp(
    {
      api: {
        ...{ kind: 'simulated', port: 0, seed: 1, latency: API_LATENCY },
        ...{ limits: [{ calls: pace.callsPerSecond, windowMs: 1_000 }], inFlightMax: pace.slots },
      },
      synthesize: (outdir, apiUrl) =>
        synthesizeStack(
          outdir,
          STACK,
          (app) => new EveryDoorStack(app, STACK, { ...pace, apiUrl, arrivalJitterMs: LAPTOP_JITTER_MS }),
        ),
      port: 0,
    },
    {
      ...events,
      onAsk: (queueName, slot) => {
        if (slot !== undefined) watched.get(queueName)?.turns.asked(slot, Date.now());
      },
      onDelivery: (queueName, _messages, slot) => {
        const queue = watched.get(queueName);
        if (slot !== undefined && queue !== undefined) queue.turns.took(slot, queue.priority);
      },
    },
  );
  const contents = (output: string) => run.aws.contents(run.output(output).split('/').at(-1) ?? '');
  const outputs = { HIGH: 'QueueUrlHigh', NORMAL: 'QueueUrlNormal', BATCH: 'QueueUrlBatch' };
  const queue = (priority: Priority) => ({
    oldestReadySentAtMs: () => contents(outputs[priority]).oldestReadySentAtMs,
  });
  const { HIGH, NORMAL, BATCH } = configOf(workerOf(run.aws)).priorities;
  const turns = new TurnWatch(
    { HIGH: queue('HIGH'), NORMAL: queue('NORMAL'), BATCH: queue('BATCH') },
    { HIGH: HIGH.minShareRatio, NORMAL: NORMAL.minShareRatio, BATCH: BATCH.minShareRatio },
  );
  for (const priority of PRIORITIES)
    watched.set(run.output(outputs[priority]).split('/').at(-1) ?? '', { turns, priority });
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
