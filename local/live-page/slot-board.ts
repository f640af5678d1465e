import type { Priority } from '../../lambdas/core/contracts/priority.js';
import type { SlotRecord } from '../../lambdas/core/ports.js';
import { isResting } from '../../lambdas/core/worker/slot-pacer.js';
import type { SlotActivity, SlotView } from './page-state.js';
import type { Told } from './told-by-worker.js';

/** What one slot has told of itself. */
interface SlotStory {
  startsCallingAtMs: number;
  ended: boolean;
  calls: number;
  call: { readonly priority: Priority; readonly execution: string } | undefined;
  callStartedAtMs: number;
  last: SlotView['last'];
}

/** What is known of the slots at one moment, beside what they told. */
export interface SlotScene {
  readonly nowMs: number;
  readonly slotsMost: number;
  /** Invocations that run. */
  readonly running: readonly string[];
  readonly records: readonly SlotRecord[];
  /** Least time between two call starts of a slot, as it is just now. */
  readonly holdMs: number;
  /** Whether the gate, the breaker or maintenance keeps every slot from calling. */
  readonly mayNotCall: boolean;
  /** The name of an execution by its ARN. */
  readonly nameOf: (executionArn: string) => string;
}

/** Follows what each slot does, and gives each a place that it keeps for its life. */
export class SlotBoard {
  readonly #stories = new Map<string, SlotStory>();
  readonly #places: (string | null)[] = [];

  hear({ kind, slotId, atMs, priority, execution, outcome, serviceTimeMs, crashWaitMs }: Told): void {
    if (slotId === '') return;
    const story = this.#storyOf(slotId);
    switch (kind) {
      case 'slotStarted':
        story.startsCallingAtMs = atMs + crashWaitMs;
        return;
      case 'callStarted':
        if (priority === undefined) return;
        story.call = { priority, execution };
        story.callStartedAtMs = atMs;
        story.calls += 1;
        return;
      case 'callEnded':
        if (priority !== undefined) story.last = { priority, outcome, tookMs: serviceTimeMs };
        story.call = undefined;
        return;
      case 'slotEnded':
        story.ended = true;
        return;
    }
  }

  /** One view for each place that slots may have, and one for each slot that has died and is still counted. */
  views(scene: SlotScene): readonly SlotView[] {
    const { running, records, slotsMost } = scene;
    const died = records.filter(
      (record) => !isResting(record) && !running.includes(record.slotId) && !this.#hasEnded(record.slotId),
    );
    this.#seat(running, slotsMost);
    this.#forgetAllBut([...running, ...died.map(({ slotId }) => slotId)]);
    const seated = this.#places.map((slotId, index): SlotView => {
      const place = index + 1;
      if (slotId === null) return { place, slotId, activity: { kind: 'free' }, calls: 0, last: null };
      const story = this.#storyOf(slotId);
      return { place, slotId, activity: activityOf(story, scene), calls: story.calls, last: story.last };
    });
    const dead = died.map(({ slotId, expiresAtMs }): SlotView => {
      const { calls, last } = this.#storyOf(slotId);
      const keptUntil = new Date(expiresAtMs).toISOString();
      return { place: null, slotId, activity: { kind: 'died', keptUntil }, calls, last };
    });
    return [...seated, ...dead];
  }

  /** Calls in flight of the slots that run. */
  inFlight(running: readonly string[]): number {
    return running.filter((slotId) => this.#stories.get(slotId)?.call !== undefined).length;
  }

  #hasEnded(slotId: string): boolean {
    return this.#stories.get(slotId)?.ended === true;
  }

  #storyOf(slotId: string): SlotStory {
    const known = this.#stories.get(slotId);
    if (known !== undefined) return known;
    const story: SlotStory = {
      startsCallingAtMs: 0,
      ended: false,
      calls: 0,
      call: undefined,
      callStartedAtMs: -Infinity,
      last: null,
    };
    this.#stories.set(slotId, story);
    return story;
  }

  /** Reserved concurrency lets no more slots run than there are places. */
  #seat(running: readonly string[], slotsMost: number): void {
    while (this.#places.length < slotsMost) this.#places.push(null);
    this.#places.forEach((slotId, index) => {
      if (slotId !== null && !running.includes(slotId)) this.#places[index] = null;
    });
    for (const slotId of running) {
      const free = this.#places.indexOf(null);
      if (free !== -1 && !this.#places.includes(slotId)) this.#places[free] = slotId;
    }
  }

  /** Keeps, for a while, those that have not said that they ended: their last lines may be on their way. */
  #forgetAllBut(present: readonly string[]): void {
    for (const [slotId, { ended }] of this.#stories)
      if (!present.includes(slotId) && (ended || this.#stories.size > STORIES_MAX))
        this.#stories.delete(slotId);
  }
}

const STORIES_MAX = 1_000;

function activityOf(story: SlotStory, { nowMs, holdMs, mayNotCall, nameOf }: SlotScene): SlotActivity {
  const { call, callStartedAtMs, startsCallingAtMs } = story;
  if (startsCallingAtMs === 0) return { kind: 'starts' };
  if (call !== undefined)
    return {
      kind: 'calls',
      priority: call.priority,
      execution: nameOf(call.execution),
      sinceMs: Math.max(0, nowMs - callStartedAtMs),
    };
  if (startsCallingAtMs > nowMs)
    return { kind: 'waitsOutCrash', until: new Date(startsCallingAtMs).toISOString() };
  if (callStartedAtMs + holdMs > nowMs) return { kind: 'holds' };
  return mayNotCall ? { kind: 'waitsForGate' } : { kind: 'looks' };
}
