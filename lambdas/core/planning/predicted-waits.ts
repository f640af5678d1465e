import { type ByPriority, byPriority, type Priority } from '../contracts/priority.js';
import type { Random } from '../ports.js';
import { Night } from './night.js';
import { simulateQueues } from './queueing-model.js';
import type { QueueingResult, QueueingSetup } from './queueing-setup.js';
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
  /** About so many calls are simulated: with more of them the percentiles are steadier. */
  readonly callsSimulated: number;
}

/** Waits of each class while BATCH has a backlog, or while it has none; undefined where no message comes. */
export interface PredictedWaits {
  readonly waits: ByPriority<Wait | undefined>;
  /** Receives for each call, empty ones included. */
  readonly receivesPerCall: number;
}

/** Runs from the beginning, because the phases in which slots begin stay with them for long. */
const RUNS_LEAST = 5;
const RUNS_MAX = 40;

export function waitsDuringBatch(question: WaitsQuestion, random: Random): PredictedWaits {
  const { night, nightMs } = question;
  const timeMs = Math.min(night.drainMs, nightMs);
  const batch = {
    p50Ms: night.drainMs * 0.5,
    p99Ms: night.drainMs * 0.99,
    grows: night.drainMs === Infinity,
  };
  return predicted(question, repeated(question, timeMs, random), batch, timeMs);
}

export function waitsWithoutBatch(question: WaitsQuestion, random: Random): PredictedWaits {
  const { capacityPerSecond, nightMs } = question;
  const setup = { ...question.setup, batchMessages: 0 };
  const night = new Night({ ...setup, capacityPerSecond });
  const quiet = { ...question, setup, night };
  return predicted(quiet, repeated(quiet, nightMs, random), undefined, nightMs);
}

/** Independent runs until enough calls were made, each to the end of its time or for its part of the calls. */
function repeated(
  { setup, callsSimulated }: WaitsQuestion,
  timeMs: number,
  random: Random,
): readonly QueueingResult[] {
  const results: QueueingResult[] = [];
  const horizon = { timeMs, calls: callsSimulated / RUNS_LEAST };
  for (let calls = 0; calls < callsSimulated && results.length < RUNS_MAX;) {
    const result = simulateQueues(setup, horizon, random);
    results.push(result);
    calls += callsOf(result);
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
