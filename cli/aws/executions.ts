import {
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  type ExecutionListItem,
  type ExecutionStatus,
  GetExecutionHistoryCommand,
  type HistoryEvent,
  ListExecutionsCommand,
  RedriveExecutionCommand,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import { waitingMessageOf } from '../../lambdas/adapters/sfn-waiting-message.js';
import { executionArn } from '../../lambdas/core/contracts/execution-name.js';
import type { ByPriority, Priority } from '../../lambdas/core/contracts/priority.js';
import { inputOf } from '../../lambdas/core/status/call-input.js';
import type { Oldest } from '../../lambdas/core/status/snapshot.js';
import { CommandError, EXIT } from '../command-error.js';

/** How many executions are looked at to find the oldest of each class: so many requests at most, then it is a bound. */
export const LOOKED_AT_MAX = 30;

/** Pages of 1,000: more running executions than this are not told by age. */
const PAGES_MAX = 10;
const PAGE_SIZE = 1_000;

export interface ExecutionSummary {
  readonly name: string;
  readonly arn: string;
  readonly status: ExecutionStatus | undefined;
  readonly startedAtMs: number;
  readonly endedAtMs: number | undefined;
}

export interface FailedExecution extends ExecutionSummary {
  readonly error: string | undefined;
}

const NO_EXECUTION = new Set(['ExecutionDoesNotExist', 'InvalidArn']);

const FAILURES = ['FAILED', 'TIMED_OUT', 'ABORTED'] as const;

/** The executions of the orchestrator's own state machine; calls embedded in other state machines are not among them. */
export class Executions {
  readonly #sfn: SFNClient;
  readonly #stateMachineArn: string;
  /** What an execution was started with never changes. */
  readonly #priorities = new Map<string, Priority>();

  constructor(sfn: SFNClient, stateMachineArn: string) {
    this.#sfn = sfn;
    this.#stateMachineArn = stateMachineArn;
  }

  /** The newest first. */
  async list(status: ExecutionStatus | undefined, most: number): Promise<readonly ExecutionSummary[]> {
    const { executions = [] } = await this.#sfn.send(
      new ListExecutionsCommand({
        stateMachineArn: this.#stateMachineArn,
        maxResults: most,
        ...(status === undefined ? {} : { statusFilter: status }),
      }),
    );
    return executions.map(summaryOf);
  }

  /** The last `most` that failed, timed out or were stopped, among the newest of each kind; the latest end first. */
  async lastFailures(most: number): Promise<readonly FailedExecution[]> {
    const lists = await Promise.all(FAILURES.map((status) => this.list(status, most)));
    const last = lists
      .flat()
      .sort((one, other) => (other.endedAtMs ?? 0) - (one.endedAtMs ?? 0))
      .slice(0, most);
    return Promise.all(
      last.map(async (execution) => ({ ...execution, error: (await this.describe(execution.arn)).error })),
    );
  }

  /** Of each of these classes, since when its longest waiting execution runs. */
  async oldest(wanted: readonly Priority[]): Promise<ByPriority<Oldest>> {
    const found: Record<Priority, Oldest> = { HIGH: undefined, NORMAL: undefined, BATCH: undefined };
    const running = wanted.length === 0 ? [] : await this.#running();
    if (running === undefined) return found;
    let last: Oldest;
    for (const { arn, startedAtMs } of running.slice(0, LOOKED_AT_MAX)) {
      if (wanted.every((priority) => found[priority] !== undefined)) break;
      last = { atMs: startedAtMs, exact: running.length <= LOOKED_AT_MAX };
      found[await this.#priorityOf(arn)] ??= { atMs: startedAtMs, exact: true };
    }
    if (last?.exact === false) for (const priority of wanted) found[priority] ??= last;
    return found;
  }

  describe(executionArn: string): Promise<DescribeExecutionCommandOutput> {
    return this.#sfn.send(new DescribeExecutionCommand({ executionArn }));
  }

  /** Lets it go on where it failed. */
  async redrive(executionArn: string): Promise<void> {
    await this.#sfn.send(new RedriveExecutionCommand({ executionArn }));
  }

  /** By name or ARN. */
  async find(id: string): Promise<DescribeExecutionCommandOutput> {
    const arn = id.startsWith('arn:') ? id : executionArn(this.#stateMachineArn, id);
    try {
      return await this.describe(arn);
    } catch (error) {
      if (!(error instanceof Error) || !NO_EXECUTION.has(error.name)) throw error;
      throw new CommandError(`no execution is called ${id}; \`rlo list\` shows names`, EXIT.failed, {
        cause: error,
      });
    }
  }

  /** Of the task that waits now, with its token; undefined where none waits. */
  waitingMessage(executionArn: string): Promise<unknown> {
    return waitingMessageOf(this.#sfn, executionArn);
  }

  /** Every event without its data, the oldest first. */
  async history(executionArn: string): Promise<readonly HistoryEvent[]> {
    const all: HistoryEvent[] = [];
    let nextToken: string | undefined;
    do {
      const answer = await this.#sfn.send(
        new GetExecutionHistoryCommand({
          executionArn,
          maxResults: PAGE_SIZE,
          includeExecutionData: false,
          ...(nextToken === undefined ? {} : { nextToken }),
        }),
      );
      all.push(...(answer.events ?? []));
      nextToken = answer.nextToken;
    } while (nextToken !== undefined);
    return all;
  }

  /** The oldest first; undefined where there are too many. */
  async #running(): Promise<readonly ExecutionSummary[] | undefined> {
    const all: ExecutionSummary[] = [];
    let nextToken: string | undefined;
    for (let page = 0; page < PAGES_MAX; page += 1) {
      const answer = await this.#sfn.send(
        new ListExecutionsCommand({
          stateMachineArn: this.#stateMachineArn,
          statusFilter: 'RUNNING',
          maxResults: PAGE_SIZE,
          ...(nextToken === undefined ? {} : { nextToken }),
        }),
      );
      all.push(...(answer.executions ?? []).map(summaryOf));
      nextToken = answer.nextToken;
      if (nextToken === undefined) return all.reverse();
    }
    return undefined;
  }

  async #priorityOf(arn: string): Promise<Priority> {
    const known = this.#priorities.get(arn);
    if (known !== undefined) return known;
    const priority = inputOf((await this.describe(arn)).input, arn).priority;
    this.#priorities.set(arn, priority);
    return priority;
  }
}

function summaryOf({ name, executionArn, status, startDate, stopDate }: ExecutionListItem): ExecutionSummary {
  return {
    name: name ?? '',
    arn: executionArn ?? '',
    status,
    startedAtMs: startDate?.getTime() ?? 0,
    endedAtMs: stopDate?.getTime(),
  };
}
