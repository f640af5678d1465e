import { type ByPriority, byPriority, type Priority } from '../contracts/priority.js';
import type { Random } from '../ports.js';
import { Night } from './night.js';
import { type QueueingResult, type QueueingSetup, simulateQueues } from './queueing-model.js';
import { servedPerSecond } from './turns.js';

/** From enqueueing to call start. */
export interface Wait {
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** More arrives than is served, so the wait has no limit: these are the waits at the end. */
  readonly grows: boolean;
}

export interface WaitsQuestion {
  readonly setup: QueueingSetup;
  readonly capacityPerSecond: number;
  readonly night: Night;
  readonly nightMs: number;
}

/** Waits of each class while BATCH has a backlog, or while it has none; undefined where no message comes. */
export interface PredictedWaits {
  readonly waits: ByPriority<Wait | undefined>;
  /** Receives for each call, empty ones included. */
  readonly receivesPerCall: number;
}

/** Enough of HIGH for a 99th percentile that does not jump with the seed. */
const SAMPLES_WANTED = 10_000;
const CALLS_MAX = 300_000;
const REPEATS_MAX = 20;

export function waitsDuringBatch(question: WaitsQuestion, random: Random): PredictedWaits {
  const { setup, night, nightMs } = question;
  const timeMs = Math.min(night.drainMs, nightMs);
  const batch = {
    p50Ms: night.drainMs * 0.5,
    p99Ms: night.drainMs * 0.99,
    grows: night.drainMs === Infinity,
  };
  return predicted(question, repeated(setup, timeMs, random), batch, timeMs);
}

export function waitsWithoutBatch(question: WaitsQuestion, random: Random): PredictedWaits {
  const { capacityPerSecond, nightMs } = question;
  const setup = { ...question.setup, batchMessages: 0 };
  const night = new Night({ ...setup, capacityPerSecond });
  return predicted({ ...question, setup, night }, repeated(setup, nightMs, random), undefined, nightMs);
}

/** Independent repetitions, because the phases in which slots begin stay with them for long. */
function repeated(setup: QueueingSetup, timeMs: number, random: Random): readonly QueueingResult[] {
  const results: QueueingResult[] = [];
  for (let calls = 0; results.length < REPEATS_MAX;) {
    const result = simulateQueues(setup, { timeMs, calls: CALLS_MAX }, random);
    results.push(result);
    calls += callsOf(result);
    const samples = results.reduce((sum, { waitsMs }) => sum + waitsMs.HIGH.length, 0);
    if (samples >= SAMPLES_WANTED || calls >= CALLS_MAX) break;
  }
  return results;
}

function predicted(
  { setup, capacityPerSecond, night }: WaitsQuestion,
  results: readonly QueueingResult[],
  batch: Wait | undefined,
  atMs: number,
): PredictedWaits {
  const demand = { ...setup.arrivalsPerSecond, BATCH: setup.batchMessages > 0 ? Infinity : 0 };
  const served = servedPerSecond(capacityPerSecond, setup.minShares, demand);
  const waitOf = (priority: Priority): Wait | undefined => {
    if (priority === 'BATCH') return batch;
    if (demand[priority] > served[priority]) {
      const backlog = night.backlogAt(atMs)[priority];
      const waitMs = (backlog / Math.max(served[priority], Number.EPSILON)) * 1_000;
      return { p50Ms: waitMs, p99Ms: waitMs, grows: true };
    }
    const waitsMs = results.flatMap((result) => result.waitsMs[priority]).sort((one, other) => one - other);
    const at = (ratio: number) => waitsMs[Math.floor(ratio * waitsMs.length)];
    const [p50Ms, p99Ms] = [at(0.5), at(0.99)];
    return p50Ms === undefined || p99Ms === undefined ? undefined : { p50Ms, p99Ms, grows: false };
  };
  const calls = results.reduce((sum, result) => sum + callsOf(result), 0);
  const receives = results.reduce((sum, result) => sum + result.receives, 0);
  return { waits: byPriority(waitOf), receivesPerCall: calls === 0 ? 0 : receives / calls };
}

function callsOf({ waitsMs }: QueueingResult): number {
  return waitsMs.HIGH.length + waitsMs.NORMAL.length + waitsMs.BATCH.length;
}
