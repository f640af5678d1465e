import { Names, RemovalPolicy } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Role } from 'aws-cdk-lib/aws-iam';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type {
  OrchestratorConfig,
  OrchestratorConfigInput,
} from '../lambdas/core/config/orchestrator-config.js';
import type { AlarmSources } from './alarms/alarm-spec.js';
import { OrchestratorAlarms } from './alarms/orchestrator-alarms.js';
import { announce } from './announce.js';
import { BatchLoad } from './batch-load.js';
import { CallEvents } from './call-events.js';
import { CallTask, type CallTaskProps } from './call-task.js';
import { OrchestratorDashboard } from './dashboard.js';
import { DeadLetters } from './dead-letters.js';
import { Doorbell } from './doorbell.js';
import { grantAsking, grantOperate } from './grant-operate.js';
import { Intake } from './intake.js';
import { orchestratorTable } from './orchestrator-table.js';
import { definitionOf, mayResume } from './may-resume.js';
import { PriorityQueues } from './priority-queues.js';
import { RateLimitedCall } from './rate-limited-call.js';
import { ResultStore } from './result-store.js';
import { runningRule, sweeper } from './ringers.js';
import { acceptConfig } from './worker-environment.js';
import type { WorkerNetwork } from './worker-network.js';
import { WorkerFunction } from './worker-function.js';

const RESUME = ['states:SendTaskSuccess', 'states:SendTaskFailure'];

export interface RateLimitedOrchestratorProps {
  /** Everything about one legacy API; every fault in it is reported at once. */
  readonly config: OrchestratorConfigInput;
  /** Of the table, which knows which calls were made. @default RemovalPolicy.RETAIN */
  readonly removalPolicy?: RemovalPolicy;
  /**
   * Who is told when something is the matter; its policy must let CloudWatch publish.
   * @default - a topic of its own, to which nobody subscribes until you do
   */
  readonly alarmTopic?: ITopic;
  /**
   * For an API that is reached through a VPC alone. What the worker needs from there is in docs/adapters.md.
   * @default - what the configuration says, or no VPC
   */
  readonly network?: WorkerNetwork;
}

/**
 * Lets any number of executions share one legacy API: never above its limits, the most urgent first, and each of
 * them resumed with a result or a typed failure.
 */
export class RateLimitedOrchestrator extends Construct {
  readonly config: OrchestratorConfig;
  readonly deadLetters: DeadLetters;
  readonly queues: PriorityQueues;
  readonly doorbell: Doorbell;
  /** Absent unless the configuration offloads results. */
  readonly results: ResultStore | undefined;
  readonly worker: WorkerFunction;
  readonly network: WorkerNetwork | undefined;
  readonly table: Table;
  /** Makes one call: `{operation, payload?, priority?, idempotencyKey?, tenant?, orderingKey?, notBefore?, deadline?}` in, its result out. */
  readonly stateMachine: StateMachine;
  /** Absent unless the configuration asks for them. */
  readonly events: CallEvents | undefined;
  /** Absent unless the configuration asks for it. */
  readonly batchLoad: BatchLoad | undefined;
  /** The door over HTTP; absent unless the configuration opens it. */
  readonly intake: Intake | undefined;
  /** Absent where the configuration switches them off. */
  readonly alarms: OrchestratorAlarms | undefined;
  readonly dashboard: OrchestratorDashboard;
  readonly #served = new Set<StateMachine>();
  readonly #ringing = new Set<StateMachine>();
  readonly #operators = new Set<Role>();

  constructor(scope: Construct, id: string, props: RateLimitedOrchestratorProps) {
    super(scope, id);
    const { config: input, removalPolicy, alarmTopic: topic } = props;
    const config = acceptConfig(input, this.node.path);
    this.config = config;
    this.network = props.network;
    this.table = orchestratorTable(this, 'Table', removalPolicy);
    this.deadLetters = new DeadLetters(this, 'DeadLetters', this);
    this.queues = new PriorityQueues(this, 'Queues', { config, deadLetterQueue: this.deadLetters.queue });
    this.doorbell = new Doorbell(this, 'Doorbell', config);
    const { resultOffload } = config;
    this.results =
      resultOffload === undefined
        ? undefined
        : new ResultStore(this, 'Results', { resultOffload, removalPolicy });
    this.worker = new WorkerFunction(this, 'Worker', this);
    this.doorbell.starts(this.worker.function, config);
    this.stateMachine = new RateLimitedCall(this, 'Call', this).stateMachine;
    this.serve(this.stateMachine);
    sweeper(this, 'Sweeper', this.doorbell);
    this.events =
      config.events === undefined
        ? undefined
        : new CallEvents(this, 'Events', {
            ...{ config, events: config.events, stateMachine: this.stateMachine },
          });
    this.batchLoad = this.#batchLoad(removalPolicy);
    this.intake =
      config.intake === undefined
        ? undefined
        : new Intake(this, 'Intake', {
            ...{ config, intake: config.intake, queues: this.queues, doorbell: this.doorbell },
            ...{ table: this.table, stateMachine: this.stateMachine },
          });
    this.alarms = config.alarms.enabled
      ? new OrchestratorAlarms(this, 'Alarms', { ...this.#sources, topic })
      : undefined;
    this.dashboard = new OrchestratorDashboard(this, 'Dashboard', {
      ...this.#sources,
      stateMachine: this.stateMachine,
      alarms: this.alarms === undefined ? [] : [this.alarms.unhealthy, ...this.alarms.alarms],
    });
    announce(this);
    this.node.addValidation({ validate: () => this.#faults() });
  }

  /** A call to put into any state machine, which must then be passed to `serve`. */
  callTask(scope: Construct, id: string, props: CallTaskProps): CallTask {
    const { config, queues, doorbell } = this;
    return new CallTask(scope, id, { config, queues, doorbell, comment: this.#mark() }, props);
  }

  /**
   * Lets the worker resume the calls in this state machine, and its executions ring when they start. Harmless to
   * repeat. The resources stand beside the state machine, so that it may live in another stack.
   */
  serve(stateMachine: StateMachine): void {
    if (this.#served.has(stateMachine)) return;
    this.#served.add(stateMachine);
    const id = Names.nodeUniqueId(this.node);
    mayResume(stateMachine, `${id}-Resume`, this.worker.role, [...RESUME, 'states:SendTaskHeartbeat']);
    mayResume(stateMachine, `${id}-GiveUp`, this.deadLetters.role, RESUME);
    for (const role of this.#operators) grantAsking(stateMachine, role);
    this.ringOnStart(stateMachine);
  }

  /**
   * Lets people who assume this role use every command of `rlo` on this orchestrator, and redrive dead letters of all
   * state machines that it serves, now or later. Harmless to repeat.
   */
  grantOperate(role: Role): void {
    if (this.#operators.has(role)) return;
    this.#operators.add(role);
    grantOperate(this, role);
    for (const stateMachine of this.#served) grantAsking(stateMachine, role);
  }

  /** Rings when an execution of this state machine starts, such as one that starts `stateMachine` at once. */
  ringOnStart(stateMachine: StateMachine): void {
    if (this.#ringing.has(stateMachine)) return;
    this.#ringing.add(stateMachine);
    runningRule(stateMachine, `${Names.nodeUniqueId(this.node)}-Running`, stateMachine, this.doorbell);
  }

  #batchLoad(removalPolicy = RemovalPolicy.RETAIN): BatchLoad | undefined {
    const { config, queues, doorbell, table } = this;
    const { batchLoad } = config;
    if (batchLoad === undefined) return undefined;
    const made = new BatchLoad(this, 'Batch', {
      ...{ config, queues, doorbell, table, batchLoad, removalPolicy },
    });
    this.serve(made.stateMachine);
    return made;
  }

  get #sources(): AlarmSources {
    const { config, queues, deadLetters, worker, events } = this;
    return { config, queues, deadLetters, worker, events };
  }

  /** Stands in every call's state. Ends with a full stop, so that no orchestrator's mark begins another's. */
  #mark(): string {
    return `Resumed by the worker of ${this.node.path}.`;
  }

  /** Without `serve` the worker may not resume a call, and its execution would wait for its timeout. */
  #faults(): string[] {
    return this.node.root.node
      .findAll()
      .filter((construct) => construct instanceof StateMachine)
      .filter(
        (stateMachine) =>
          !this.#served.has(stateMachine) && definitionOf(stateMachine).includes(this.#mark()),
      )
      .map(
        ({ node }) =>
          `state machine ${node.path} makes calls that nobody may resume; pass it to serve() of ${this.node.path}`,
      );
  }
}
