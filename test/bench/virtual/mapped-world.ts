import { TASK_ERRORS } from '../../../lambdas/core/contracts/task-errors.js';
import { CallJudge } from '../../simulation/call-judge.js';
import { type Dice, diceOf } from '../../simulation/dice.js';
import type { PollerBehaviour } from '../../simulation/event-source-mapping.js';
import { ratesOf } from '../../simulation/faults.js';
import { ModelLegacyApi } from '../../simulation/legacy-api.js';
import { configOf } from '../../simulation/scenario.js';
import { Scheduler } from '../../simulation/scheduler.js';
import { StandardQueue } from '../../simulation/standard-queue.js';
import { ModelStepFunctions } from '../../simulation/step-functions.js';
import { ModelTable } from '../../simulation/table.js';
import { Usage } from '../../simulation/usage.js';
import { Violations } from '../../simulation/violations.js';
import type { Workload } from '../workload.js';
import type { Line } from './lines.js';
import { MappedFunction } from './mapped-function.js';
import { MessageMapping } from './message-mapping.js';
import { plansOf } from './plans.js';

/** Longer than any call; AWS recommends a visibility timeout of six times as much, and at least five receives. */
const FUNCTION_TIMEOUT_MS = 10_000;
const VISIBILITY_TIMEOUT_MS = 6 * FUNCTION_TIMEOUT_MS;
const MAX_RECEIVE_COUNT = 5;

/** The least that SQS knows apart from none: in the model, longer deferrals serve nobody better. */
const DEFERRAL_MS = 1_000;

/** What fails a task after its message was dead-lettered, as in the simulator. */
const DEAD_LETTER_AFTER_MS = 1_000;

/** What has not ended an hour after the workload never will. */
const PATIENCE_MS = 3_600_000;

const NO_FAULTS = ratesOf(new Set());

/** Mappings in front of one function with reserved concurrency, in the simulator's models of everything else. */
export class MappedWorld {
  readonly violations = new Violations();
  readonly usage = new Usage();
  readonly stepFunctions: ModelStepFunctions;
  readonly judge: CallJudge;
  deadLetteredUnrun = 0;
  readonly #scheduler = new Scheduler();
  readonly #workload: Workload;
  readonly #lines: readonly Line[];
  readonly #queues: readonly StandardQueue<string>[];
  #ended = 0;

  constructor(workload: Workload, lines: readonly Line[], pollers: PollerBehaviour) {
    this.#workload = workload;
    this.#lines = lines;
    const mappings: MessageMapping[] = [];
    this.#queues = lines.map((_, index) => this.#queue(index, () => mappings[index]?.look()));
    this.stepFunctions = this.#makeStepFunctions();
    this.judge = this.#makeJudge();
    const invoked = this.#makeFunction();
    for (const [index, queue] of this.#queues.entries()) {
      const moreUrgent = this.#queues.slice(0, index);
      mappings.push(
        new MessageMapping({
          ...{ scheduler: this.#scheduler, usage: this.usage, queue, behaviour: pollers },
          dice: this.#dice(`mapping ${index}`),
          maximumConcurrency: lines[index]?.maximumConcurrency ?? 0,
          visibilityTimeoutMs: VISIBILITY_TIMEOUT_MS,
          invoke: (message, onEnd) => invoked.invoke({ message, queue, moreUrgent }, onEnd),
        }),
      );
    }
  }

  /** Runs until every execution has ended. */
  async run(): Promise<void> {
    const scheduler = this.#scheduler;
    const plans = plansOf(this.#workload);
    const giveUpMs = scheduler.nowMs + this.#workload.lengthMs + PATIENCE_MS;
    for (const plan of plans) scheduler.at(plan.atMs, () => this.stepFunctions.start(plan));
    await scheduler.run(() => this.#ended === plans.length || scheduler.nowMs > giveUpMs);
  }

  #dice(stream: string): Dice {
    return diceOf(this.#workload.seed, stream);
  }

  #queue(index: number, onVisible: () => void): StandardQueue<string> {
    return new StandardQueue<string>(this.#scheduler, this.#dice(`queue ${index}`), {
      visibilityTimeoutMs: VISIBILITY_TIMEOUT_MS,
      retentionMs: Infinity,
      maxReceiveCount: MAX_RECEIVE_COUNT,
      giveUpProbability: 0,
      missProbability: NO_FAULTS.miss,
      duplicateProbability: NO_FAULTS.duplicate,
      reorderAmong: NO_FAULTS.reorderAmong,
      onDeadLetter: ({ content }) => this.#deadLetter(content),
      onVisible,
    });
  }

  #makeStepFunctions(): ModelStepFunctions {
    return new ModelStepFunctions({
      scheduler: this.#scheduler,
      dice: this.#dice('step-functions'),
      taskTimeoutMs: () => this.#workload.lengthMs + PATIENCE_MS,
      repeats: true,
      stopProbability: 0,
      send: ({ plan }, body) => {
        const line = this.#lines.findIndex(({ priorities }) => priorities.includes(plan.priority));
        this.usage.sqsRequests += 1;
        this.#queues[line]?.send(body);
      },
      onRunning: () => undefined,
      onEnd: () => void (this.#ended += 1),
    });
  }

  #makeJudge(): CallJudge {
    const { slots, limit } = this.#workload;
    return new CallJudge({
      scheduler: this.#scheduler,
      violations: this.violations,
      config: configOf(slots, [limit]),
      table: new ModelTable(),
      maintenance: [],
      slotLifeMaxMs: FUNCTION_TIMEOUT_MS,
      trace: () => undefined,
    });
  }

  #makeFunction(): MappedFunction {
    const { usage, stepFunctions } = this;
    const { slots, limit } = this.#workload;
    const shared = { scheduler: this.#scheduler, config: configOf(slots, [limit]) };
    const legacyApi = new ModelLegacyApi({
      ...{ ...shared, rates: NO_FAULTS, outages: [], slowSpells: [], busySpells: [], watch: this.judge },
      dice: this.#dice('legacy-api'),
      executionOf: (idempotencyKey) => {
        const execution = stepFunctions.executions[Number(idempotencyKey.slice(1))];
        if (execution === undefined) throw new Error(`no execution ${idempotencyKey}`);
        return execution;
      },
    });
    return new MappedFunction({
      ...{ ...shared, usage, stepFunctions, legacyApi },
      ...{ timeoutMs: FUNCTION_TIMEOUT_MS, deferralMs: DEFERRAL_MS },
      dice: this.#dice('handler'),
      startDice: this.#dice('lambda'),
    });
  }

  #deadLetter(body: string): void {
    const { taskToken } = JSON.parse(body) as { readonly taskToken: string };
    if (this.stepFunctions.waitingFor(taskToken)?.callsSent === 0) this.deadLetteredUnrun += 1;
    const failure = { error: TASK_ERRORS.deadLettered, cause: 'too many receives' };
    this.#scheduler.after(DEAD_LETTER_AFTER_MS, () => this.stepFunctions.fail(taskToken, failure));
  }
}
