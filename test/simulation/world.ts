import { quotaLimits } from '../../lambdas/core/config/limit-kinds.js';
import { keepsOrder } from '../../lambdas/core/config/ordering.js';
import { timingsOf } from '../../lambdas/core/config/timings.js';
import type { OrchestratorConfig } from '../../lambdas/core/config/orchestrator-config.js';
import type { ByPriority } from '../../lambdas/core/contracts/priority.js';
import type { SlotEvent } from '../../lambdas/core/worker/slot-event.js';
import { CallJudge, changedCalls } from './call-judge.js';
import { scheduleLimitChanges, scheduleRedeploys } from './changes.js';
import { DeadLetters } from './dead-letters.js';
import { DeployedWorker } from './deployed-worker.js';
import { type Dice, diceOf } from './dice.js';
import { judgeEnd } from './end-judge.js';
import { EveryJudge } from './every-judge.js';
import type { Execution } from './execution.js';
import type { GivenUp } from './message-queue.js';
import { type FaultRates, ratesOf } from './faults.js';
import { ModelLegacyApi } from './legacy-api.js';
import { doorbell, priorityQueues } from './queues.js';
import { OrderJudge } from './order-judge.js';
import { SaturationMeter } from './saturation-meter.js';
import { Ringers } from './ringers.js';
import {
  capacityPerSecond,
  configOf,
  overflowSharesOf,
  type Scenario,
  SERVICE_TIME_MAX_MS,
  sharesOf,
} from './scenario.js';
import { Scheduler, START_MS } from './scheduler.js';
import { describeEvent } from './slot-trace.js';
import { spellsUnder } from './spells.js';
import type { LaneQueues } from './slot-ports.js';
import type { StandardQueue } from './standard-queue.js';
import { ModelStepFunctions } from './step-functions.js';
import { ModelTable } from './table.js';
import { TenantCounts } from './tenant-counts.js';
import { TurnWatch } from './turn-watch.js';
import { Usage } from './usage.js';
import { Violations } from './violations.js';
import { settingsOf, type Workload, workloadOf } from './workloads.js';

/** How long the world goes on after the last execution has ended: messages of dead ones may still be there. */
const AFTERMATH_MS = 60_000;

/** How long after the workload an execution that has not ended counts as lost: every repeat has been made by then. */
const PATIENCE_MS = 2 * 3_600_000;

/** One run: the real slot loop in a model of everything around it. */
export class World {
  readonly scheduler = new Scheduler();
  readonly violations = new Violations();
  readonly usage = new Usage();
  readonly config: OrchestratorConfig;
  readonly workload: Workload;
  readonly rates: FaultRates;
  readonly table = new ModelTable();
  readonly judge: CallJudge;
  readonly order: OrderJudge;
  readonly turns: TurnWatch;
  readonly meter: SaturationMeter;
  readonly stepFunctions: ModelStepFunctions;
  readonly happened = new Map<string, number>();
  readonly deadLetters: DeadLetters;
  readonly #scenario: Scenario;
  readonly tenants: TenantCounts;
  readonly #queues: LaneQueues;
  readonly #bells: StandardQueue<undefined>;
  readonly #legacyApi: ModelLegacyApi;
  readonly #worker: DeployedWorker;
  readonly #ringers: Ringers;
  #ended = 0;
  #lastEndMs = START_MS;

  constructor(scenario: Scenario) {
    const { slots, limits, latency, durationMs, faults, workload } = scenario;
    const { scheduler, violations } = this;
    this.#scenario = scenario;
    this.rates = ratesOf(faults);
    this.config = configOf(slots, limits, settingsOf(workload, capacityPerSecond(scenario)));
    const timings = timingsOf(this.config);
    const size = {
      durationMs,
      capacityPerSecond: capacityPerSecond(scenario),
      latency,
      serviceTimeMaxMs: SERVICE_TIME_MAX_MS,
    };
    this.workload = workloadOf(workload, size, this.#dice('workload'));
    const { config, rates } = this;
    const queueParts = { scheduler, config, rates };
    this.#queues = priorityQueues(
      (lane) => ({ ...queueParts, dice: this.#dice(`queue ${lane}`) }),
      (message) => this.#gaveUp(message),
    );
    this.tenants = new TenantCounts({
      ...{ scheduler, config, violations },
      callsPerSecond: capacityPerSecond(scenario),
      counts: scenario.sabotage?.withoutTenantCounts !== true,
      sound: faults.size === 0,
    });
    this.#bells = doorbell({ ...queueParts, dice: this.#dice('doorbell') }, () => this.#worker.look());
    this.#ringers = new Ringers({
      scheduler,
      dice: this.#dice('events'),
      bells: this.#bells,
      lostEventProbability: this.rates.lostEvent,
    });
    this.meter = new SaturationMeter(slots, timings.holdMs);
    this.turns = new TurnWatch({
      queues: this.#queues,
      shares: this.shares,
      overflowShares: overflowSharesOf(config),
      missProbability: this.rates.miss,
      slowed: () => this.table.history.slowed(scheduler.nowMs),
      inverted: (what) => violations.add('P2', scheduler.nowMs, what),
    });
    this.judge = new CallJudge({
      scheduler,
      violations,
      config: this.config,
      table: this.table,
      maintenance: this.workload.maintenance,
      slotLifeMaxMs: timings.functionTimeoutSeconds * 1_000 + timings.crashWaitMs,
      trace: (what) => this.#trace(what),
    });
    this.stepFunctions = new ModelStepFunctions({
      scheduler,
      dice: this.#dice('step-functions'),
      taskTimeoutMs: (priority) => this.config.priorities[priority].taskTimeoutSeconds * 1_000,
      stopProbability: this.rates.stopExecution,
      repeats: !keepsOrder(this.config),
      send: (execution, body, taskToken) => this.#send(execution, body, taskToken),
      onRunning: (execution) => this.#ringers.executionStarted(execution),
      onEnd: (execution) => this.#executionEnded(execution),
    });
    this.order = new OrderJudge({
      ...{ scheduler, violations, trace: (what) => this.#trace(what) },
      waits: (taskToken) => this.stepFunctions.waitingFor(taskToken) !== undefined,
    });
    this.deadLetters = this.#makeDeadLetters();
    this.#legacyApi = this.#makeLegacyApi();
    this.#worker = this.#makeWorker();
  }

  /** Runs until every execution has ended, or none of those left ever will. */
  async run(): Promise<void> {
    const { scheduler, workload } = this;
    const { faults, durationMs } = this.#scenario;
    for (const plan of workload.executions) scheduler.at(plan.atMs, () => this.stepFunctions.start(plan));
    if (this.#scenario.sabotage?.withoutSweeper !== true) this.#ringers.sweepEachMinute();
    const changes = {
      scheduler,
      dice: this.#dice('changes'),
      slots: this.config.slots,
      limits: this.config.limits,
      untilMs: START_MS + durationMs,
      deploy: (slots: number) => this.#deploy(slots),
      setLimits: (ratio: number) => this.#setLimits(ratio),
    };
    if (faults.has('redeploy')) scheduleRedeploys(changes);
    if (faults.has('limit-change')) scheduleLimitChanges(changes);
    const lastMs = workload.executions.reduce((latest, { atMs }) => Math.max(latest, atMs), START_MS);
    // A change may leave half of a quota, so that everything takes twice as long, and once more for what the faults repeat.
    const drainMs = quotaLimits(this.config.limits).length > 0 ? 4 * durationMs : durationMs;
    const patientUntilMs = lastMs + drainMs + PATIENCE_MS;
    await scheduler.run(() => this.#isOver() || scheduler.nowMs > patientUntilMs);
    this.turns.judge(this.violations, scheduler.nowMs);
    for (const { index, end } of this.stepFunctions.executions)
      if (end === undefined) this.violations.add('P4', scheduler.nowMs, `c${index} never ended`);
  }

  /** Executions that were never started or never ended. */
  get lost(): number {
    return this.workload.executions.length - this.#ended;
  }

  get shares(): ByPriority<number> {
    return sharesOf(this.config);
  }

  get backlog(): number {
    return Object.values(this.#queues).reduce((sum, { visibleCount }) => sum + visibleCount, 0);
  }

  #isOver(): boolean {
    const all = this.#ended === this.workload.executions.length;
    return all && this.scheduler.nowMs > this.#lastEndMs + AFTERMATH_MS;
  }

  #dice(stream: string): Dice {
    return diceOf(this.#scenario.seed, stream);
  }

  #trace(what: string): void {
    this.#scenario.trace?.(this.scheduler.nowMs - START_MS, what);
  }

  #makeDeadLetters(): DeadLetters {
    const { scheduler, violations, stepFunctions, table, config, rates } = this;
    const { sabotage } = this.#scenario;
    return new DeadLetters({
      ...{ scheduler, violations, stepFunctions, table, config, rates },
      dice: this.#dice('dead-letters'),
      unhandled: sabotage?.withoutDeadLetterFunction === true,
      sabotage: sabotage?.deadLetterPorts,
      trace: (what) => this.#trace(what),
    });
  }

  #makeLegacyApi(): ModelLegacyApi {
    const { scheduler } = this;
    const spells = spellsUnder(this.rates, this.#scenario.durationMs, (stream) => this.#dice(stream));
    return new ModelLegacyApi({
      scheduler,
      dice: this.#dice('legacy-api'),
      rates: this.rates,
      config: this.config,
      ...spells,
      outages: [...this.workload.outages, ...spells.outages],
      watch: new EveryJudge({
        ...{ scheduler, meter: this.meter, backlog: () => this.backlog },
        ...{ calls: this.judge, order: this.order, tenants: this.tenants },
        trace: (what) => this.#trace(what),
      }),
      executionOf: (idempotencyKey) => this.#execution(Number(idempotencyKey.slice(1))),
    });
  }

  #execution(index: number): Execution {
    const execution = this.stepFunctions.executions[index];
    if (execution === undefined) throw new Error(`no execution ${index}`);
    return execution;
  }

  #makeWorker(): DeployedWorker {
    const { scheduler, config, table, turns, usage, stepFunctions } = this;
    return new DeployedWorker(this.#scenario, {
      ...{ scheduler, config, rates: this.rates, usage },
      surroundings: {
        ...{ scheduler, table, turns, usage, stepFunctions },
        queues: this.#queues,
        bells: this.#bells,
        legacyApi: this.#legacyApi,
        onSlotEvent: (slotId, event) => this.#slotEvent(slotId, event),
      },
      dice: (stream) => this.#dice(stream),
      onDied: (slotId) => this.#note('died', `${slotId} died`),
    });
  }

  #deploy(slots: number): void {
    this.#trace(`deploy version ${this.#worker.deploy(slots)} with ${slots} slots`);
    this.judge.slotsChanged(slots);
  }

  #setLimits(ratio: number): void {
    this.#trace(`limits at ${ratio}`);
    const limits = this.config.limits.map(({ calls, windowMs }) => ({
      calls: changedCalls(calls, ratio),
      windowMs,
    }));
    this.table.control = { ...this.table.control, limits: ratio === 1 ? undefined : limits };
    this.judge.limitsChanged(ratio);
  }

  #send(execution: Execution, body: string, taskToken: string): void {
    const { plan, state } = execution;
    const { sabotage, workload } = this.#scenario;
    this.usage.sqsRequests += 1;
    if (state === 'call') this.order.sent(execution, taskToken);
    // The allowance has to do without groups: SQS says little of how soon they act.
    const withGroups = sabotage?.withoutMessageGroups !== true && workload !== 'tenant-allowance';
    const group = withGroups && state === 'call' ? (plan.orderingKey ?? plan.tenant) : undefined;
    this.#queues[this.tenants.laneOf(execution)].send(body, 0, group);
  }

  #gaveUp(message: GivenUp<string>): void {
    this.order.gaveUp((JSON.parse(message.content) as { readonly taskToken: string }).taskToken);
    this.deadLetters.add(message);
  }

  #executionEnded(execution: Execution): void {
    const { violations, scheduler } = this;
    this.#trace(`c${execution.index} ${execution.end ?? 'open'}`);
    this.#ended += 1;
    this.#lastEndMs = scheduler.nowMs;
    judgeEnd(execution, { violations, atMs: scheduler.nowMs });
  }

  #slotEvent(slotId: string, event: SlotEvent): void {
    const { kind } = event;
    if (kind === 'callEnded') this.meter.callEnded(this.scheduler.nowMs, event.serviceTimeMs);
    this.#note(kind, this.#scenario.trace === undefined ? '' : describeEvent(slotId, event));
  }

  #note(kind: string, what: string): void {
    this.happened.set(kind, (this.happened.get(kind) ?? 0) + 1);
    this.#trace(what);
  }
}
