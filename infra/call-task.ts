import { Duration } from 'aws-cdk-lib';
import {
  type CatchProps,
  Errors,
  type IChainable,
  type INextable,
  IntegrationPattern,
  type JitterType,
  type RetryProps,
  type State,
  StateMachineFragment,
  TaskInput,
  Timeout,
  Wait,
  WaitTime,
} from 'aws-cdk-lib/aws-stepfunctions';
import { SqsSendMessage } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Construct } from 'constructs';
import type { OrchestratorConfig } from '../lambdas/core/config/orchestrator-config.js';
import { keepsOrder } from '../lambdas/core/config/ordering.js';
import { ConfigError } from '../lambdas/core/config/parse-config.js';
import { NO_ORDER_IS_KEPT } from '../lambdas/core/contracts/call-request.js';
import { BELL_BODY } from '../lambdas/core/contracts/doorbell.js';
import { DEFAULT_PRIORITY, type Priority } from '../lambdas/core/contracts/priority.js';
import type { TaskRequestBody } from '../lambdas/core/contracts/task-request.js';
import { expression } from './asl.js';
import type { Doorbell } from './doorbell.js';
import type { PriorityQueues } from './priority-queues.js';
import { rateLimitedCallDefinition } from './rate-limited-call.js';
import { groupOf, NEVER_A_DUPLICATE, OWN_GROUP, WAITING_TASK } from './task-message.js';

/** Every text may be a JSONata expression, such as `{% $states.input.order %}`; it must not come out undefined. */
export interface CallTaskProps {
  /** One of the configured operations. */
  readonly operation: string;
  /** Any JSON. @default null */
  readonly payload?: unknown;
  /** @default NORMAL */
  readonly priority?: Priority;
  /**
   * Names the call to the legacy API, in 1 to 256 visible ASCII characters. Required where the operation's effect
   * is `once`, because only a key of the business survives nested retries and redrives.
   *
   * @default - names the visit to this state, and the index inside a Map; in a Map inside a Map give a key
   */
  readonly idempotencyKey?: string;
  /** ISO 8601; the call is not made after it. @default - the task's own timeout alone */
  readonly deadline?: string;
  /**
   * ISO 8601 with seconds and offset; until then the execution waits, in one more transition, and the call takes no
   * place in a queue. A time that has passed is no wait. @default - at once
   */
  readonly notBefore?: string;
  /**
   * For whom: SQS prefers tenants of which few messages are in hand to one that floods the queue. Where order is kept,
   * it only travels with the call. Refused where the class has an allowance for tenants, because a call in a workflow of
   * its own is not counted.
   */
  readonly tenant?: string;
  /**
   * Calls of one class with the same one start in the order in which their messages reached the queue, each once the
   * one before has ended. In 1 to 128 characters; only where the configuration says `"ordering": "perKey"`.
   *
   * @default - no call waits for it, nor it for another
   */
  readonly orderingKey?: string;
  /**
   * Asks whether the call with this key was executed, in place of making it: the result is `executed`, and `result`
   * where that is true. For use after `LegacyApi.OutcomeUnknown`. @default false
   */
  readonly lookup?: boolean;
  /** Precedes the call with a bell, so that it does not wait for the sweeper. @default - true, except for BATCH */
  readonly ring?: boolean;
  /** Variables to set from `$states.result`. @default - none */
  readonly assign?: Readonly<Record<string, unknown>>;
  /** What the next state gets. @default - the result of the call */
  readonly outputs?: unknown;
}

export interface CallTaskContext {
  readonly config: OrchestratorConfig;
  readonly queues: PriorityQueues;
  readonly doorbell: Doorbell;
  /** Stands in the call's state, so that its state machine can be recognised. */
  readonly comment: string;
}

/**
 * A call to the legacy API inside any state machine: waits for the result and returns it, in one state transition,
 * or in two with the bell. Fails with the names in `task-errors.ts`.
 *
 * Its state machine must be passed to the orchestrator's `serve`; synthesis fails where that was forgotten.
 */
export class CallTask extends StateMachineFragment {
  readonly startState: State;
  readonly endStates: INextable[];
  readonly #call: SqsSendMessage;

  constructor(scope: Construct, id: string, context: CallTaskContext, props: CallTaskProps) {
    super(scope, id);
    refuseFaults(this.node.path, context.config, props);
    this.#call = callState(this, id, context, props);
    const first = this.#rings(props) ? this.#ringFirst(id, context.doorbell) : this.#call;
    this.startState = props.notBefore === undefined ? first : this.#waitFirst(id, props.notBefore, first);
    this.endStates = this.#call.endStates;
  }

  /** Handles a failure of the call, such as `LegacyApi.OutcomeUnknown`. */
  addCatch(handler: IChainable, props?: CatchProps): this {
    this.#call.addCatch(handler, props);
    return this;
  }

  #waitFirst(id: string, notBefore: string, next: State): State {
    const wait = Wait.jsonata(this, 'Wait', {
      stateName: `Wait until ${id} is due`,
      time: WaitTime.timestamp(notBefore),
    });
    wait.next(next);
    return wait;
  }

  #rings({ ring, priority }: CallTaskProps): boolean {
    return ring ?? priority !== 'BATCH';
  }

  /**
   * The bell rings a moment before the message is there. That is soon enough: the slot that it starts takes longer to
   * begin, and lingers for a second. A bell that cannot be rung is left to the sweeper.
   */
  #ringFirst(id: string, doorbell: Doorbell): State {
    const passOn = expression('$states.input');
    const ring = SqsSendMessage.jsonata(this, 'Ring', {
      stateName: `Ring for ${id}`,
      queue: doorbell.queue,
      messageBody: TaskInput.fromText(BELL_BODY),
      outputs: passOn,
    });
    ring.addCatch(this.#call, { errors: [Errors.ALL], outputs: passOn });
    ring.next(this.#call);
    return ring;
  }
}

function callState(
  scope: Construct,
  stateName: string,
  { config, queues, comment }: CallTaskContext,
  props: CallTaskProps,
): SqsSendMessage {
  const priority = props.priority ?? DEFAULT_PRIORITY;
  const { taskTimeoutSeconds } = config.priorities[priority];
  const call = SqsSendMessage.jsonata(scope, 'Call', {
    stateName,
    comment,
    queue: queues.queues[priority],
    integrationPattern: IntegrationPattern.WAIT_FOR_TASK_TOKEN,
    messageBody: TaskInput.fromObject(taskRequest({ ...props, priority })),
    ...messageGroup(config, props),
    ...(props.assign === undefined ? {} : { assign: { ...props.assign } }),
    ...(props.outputs === undefined ? {} : { outputs: props.outputs }),
    // Nothing has to beat: with it, SendTaskHeartbeat may ask whether the task still waits.
    heartbeatTimeout: Timeout.duration(Duration.seconds(taskTimeoutSeconds)),
    // Step Functions wants the heartbeat to be the shorter of the two.
    taskTimeout: Timeout.duration(Duration.seconds(taskTimeoutSeconds + 1)),
  });
  for (const retry of callRetries(config)) call.addRetry(retry);
  return call;
}

function messageGroup(
  config: OrchestratorConfig,
  { tenant, orderingKey }: CallTaskProps,
): { readonly messageGroupId?: string; readonly messageDeduplicationId?: string } {
  if (!keepsOrder(config)) return tenant === undefined ? {} : { messageGroupId: expression(hashed(tenant)) };
  return {
    messageGroupId: expression(orderingKey === undefined ? OWN_GROUP : hashed(orderingKey)),
    messageDeduplicationId: expression(NEVER_A_DUPLICATE),
  };
}

function hashed(name: string): string {
  const [, jsonata] = /^\{%(.*)%\}$/s.exec(name) ?? [];
  return groupOf(jsonata?.trim() ?? JSON.stringify(name));
}

/** Execution, state and, in a Map, the index. An expression leaves out what is undefined. */
const CALL_ID =
  "$join([$states.context.Execution.Name, $states.context.State.Name, $string($states.context.Map.Item.Index)], '/')";

/** A loop visits a state again for another call, which the time of its entering tells apart; a retry does not. */
const DEFAULT_IDEMPOTENCY_KEY = `$encodeUrl(${CALL_ID} & '/' & $states.context.State.EnteredTime)`;

function taskRequest(props: CallTaskProps & { readonly priority: Priority }) {
  const { operation, payload = null, priority, deadline, tenant, orderingKey } = props;
  const waitingTask = Object.entries(WAITING_TASK).map(([name, jsonata]) => [name, expression(jsonata)]);
  return {
    callId: expression(CALL_ID),
    idempotencyKey: props.idempotencyKey ?? expression(DEFAULT_IDEMPOTENCY_KEY),
    operation,
    payload,
    priority,
    ...(props.lookup === true ? { lookup: true } : {}),
    ...(tenant === undefined ? {} : { tenant }),
    ...(orderingKey === undefined ? {} : { orderingKey }),
    ...(deadline === undefined ? {} : { deadline }),
    ...(Object.fromEntries(waitingTask) as Readonly<Record<keyof typeof WAITING_TASK, string>>),
  } satisfies Readonly<
    Record<
      keyof Omit<TaskRequestBody, 'tenant' | 'orderingKey' | 'deadline' | 'lookup' | 'expeditedAt'>,
      unknown
    >
  >;
}

interface RetryInAsl {
  readonly ErrorEquals: string[];
  readonly IntervalSeconds: number;
  readonly BackoffRate: number;
  readonly MaxDelaySeconds: number;
  readonly MaxAttempts: number;
  readonly JitterStrategy: JitterType;
}

/** Exactly the retries of `rate-limited-call`. */
function callRetries(config: OrchestratorConfig): RetryProps[] {
  const definition = JSON.parse(rateLimitedCallDefinition(config)) as {
    readonly States: { readonly Call: { readonly Retry: readonly RetryInAsl[] } };
  };
  return definition.States.Call.Retry.map((retry) => ({
    errors: retry.ErrorEquals,
    interval: Duration.seconds(retry.IntervalSeconds),
    backoffRate: retry.BackoffRate,
    maxDelay: Duration.seconds(retry.MaxDelaySeconds),
    maxAttempts: retry.MaxAttempts,
    jitterStrategy: retry.JitterStrategy,
  }));
}

function refuseFaults(path: string, config: OrchestratorConfig, props: CallTaskProps): void {
  const { name, operations, priorities } = config;
  const operation = operations[props.operation];
  const faults: string[] = [];
  if (operation === undefined)
    faults.push(
      `operation: expected one of ${Object.keys(operations).join(', ')} but got ${props.operation}; ${name} has no other`,
    );
  if (operation?.effect === 'once' && props.idempotencyKey === undefined)
    faults.push(
      `idempotencyKey: missing; add a key of your business, because ${props.operation} must not be done twice`,
    );
  const priority = props.priority ?? DEFAULT_PRIORITY;
  if (props.tenant !== undefined && priorities[priority].tenantAllowance !== undefined)
    faults.push(
      `tenant: nobody counts this call, but ${priority} of ${name} has a tenantAllowance; start an execution of its stateMachine in place of this call, or leave tenant out`,
    );
  if (props.lookup === true && operation !== undefined && operation.lookup === undefined)
    faults.push(`lookup: the configuration of ${props.operation} names none; add it, or decide without`);
  if (props.orderingKey !== undefined && !keepsOrder(config)) faults.push(`orderingKey: ${NO_ORDER_IS_KEPT}`);
  if (props.orderingKey !== undefined && props.lookup === true)
    faults.push('orderingKey: a lookup changes nothing and has no place in the order; remove it');
  if (faults.length > 0) throw new ConfigError(path, faults);
}
