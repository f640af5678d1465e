import { byPriority } from '../../lambdas/core/contracts/priority.js';
import type { Snapshot } from '../../lambdas/core/status/snapshot.js';
import { type Status, statusOf } from '../../lambdas/core/status/status.js';
import { reasonText, waitingText } from '../../lambdas/core/status/waiting-text.js';
import { whyWaiting } from '../../lambdas/core/status/why-waiting.js';
import type { LegacyApiFigures } from '../legacy-api/figures.js';
import type { LocalRun } from '../local-run.js';
import { workerOf } from '../worker-of.js';
import type { ApiMood } from './api-mood.js';
import type { Orchestrator } from './orchestrator.js';
import type { CallFigures, PageState, Sample } from './page-state.js';
import { plainCounts, type RunWatch } from './run-watch.js';
import { takeSnapshot } from './take-snapshot.js';

const SAMPLE_EVERY_MS = 1_000;

/** Three minutes of charts. */
const SAMPLES_MAX = 180;

const ROWS_SHOWN = 200;

export interface PageSourceParts {
  readonly run: LocalRun;
  readonly orchestrator: Orchestrator;
  readonly watch: RunWatch;
  readonly mood: ApiMood;
}

/** Works out what the page shows, from what the run holds and has told. */
export class PageSource {
  readonly #parts: PageSourceParts;
  #samples: readonly Sample[] = [];
  #sampledAtMs = performance.now();

  constructor(parts: PageSourceParts) {
    this.#parts = parts;
  }

  get samples(): readonly Sample[] {
    return this.#samples;
  }

  async state(): Promise<PageState> {
    const { run, orchestrator, watch, mood } = this.#parts;
    const [snapshot, figures] = await Promise.all([
      takeSnapshot(orchestrator, run, watch.executions),
      run.legacyApi.figures(),
    ]);
    const status = statusOf(snapshot);
    const reasons = whyWaiting(status, { serviceTimeMs: watch.serviceTimeMs });
    return {
      status,
      sentence: waitingText(status, reasons),
      reasons,
      reasonTexts: byPriority((priority) => reasonText(status, reasons[priority]) ?? null),
      executions: watch.executions.counts(),
      calls: this.#calls(figures),
      outcomes: plainCounts(watch.outcomes),
      slots: this.#slots(snapshot, status),
      rows: watch.executions.rows(ROWS_SHOWN, snapshot.atMs),
      notes: watch.notes.all,
      ...mood.now(),
      sample: this.#sample(status),
    };
  }

  #slots({ slotRecords, atMs }: Snapshot, { limits, gate, maintenance }: Status) {
    const { watch, run, orchestrator } = this.#parts;
    return watch.slots.views({
      nowMs: atMs,
      slotsMost: orchestrator.config.slots,
      running: workerOf(run.aws).running(),
      records: slotRecords,
      holdMs: limits.holdMs / gate.ratio,
      mayNotCall: gate.state === 'closed' || gate.state === 'breakerOpen' || maintenance?.holdsCalls === true,
      nameOf: (arn) => watch.executions.nameOf(arn),
    });
  }

  #calls({ calls, worstWindowCalls, responses429 }: LegacyApiFigures): CallFigures {
    const { watch, orchestrator } = this.#parts;
    return {
      inWindow: watch.arrivals.countAt(performance.now()),
      fullestWindow: worstWindowCalls,
      inFlight: this.#inFlight(),
      inFlightMost: orchestrator.config.slots,
      total: calls,
      refused: responses429,
    };
  }

  #inFlight(): number {
    return this.#parts.watch.slots.inFlight(workerOf(this.#parts.run.aws).running());
  }

  #sample({ classes }: Status): Sample | null {
    const nowMs = performance.now();
    if (nowMs - this.#sampledAtMs < SAMPLE_EVERY_MS) return null;
    const { arrivals } = this.#parts.watch;
    const sample: Sample = {
      atMs: Date.now(),
      waiting: byPriority((priority) => classes[priority].waiting),
      ageMs: byPriority((priority) => classes[priority].oldestMs),
      callsInWindow: arrivals.peakIn(this.#sampledAtMs, nowMs),
      inFlight: this.#inFlight(),
    };
    arrivals.forget(nowMs);
    this.#sampledAtMs = nowMs;
    this.#samples = [...this.#samples, sample].slice(-SAMPLES_MAX);
    return sample;
  }
}
