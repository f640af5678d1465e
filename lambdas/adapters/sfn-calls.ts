import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  type SFNClient,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { CALL_STATUSES, CALLER_CANCELLED, type CallStatus } from '../core/contracts/intake-api.js';
import type { Calls, FoundCall, PageOfCalls } from '../core/intake/ports.js';
import { SfnExecutions } from './sfn-executions.js';
import { waitingMessageOf } from './sfn-waiting-message.js';
import { unlessUnavailable } from './unavailable.js';

/** Executions of the orchestrator's own state machine, through the Step Functions API. */
export class SfnCalls implements Calls {
  readonly #sfn: SFNClient;
  readonly #stateMachineArn: string;
  readonly #executions: SfnExecutions;

  constructor(sfn: SFNClient, stateMachineArn: string) {
    this.#sfn = sfn;
    this.#stateMachineArn = stateMachineArn;
    this.#executions = new SfnExecutions(sfn, stateMachineArn);
  }

  start(name: string, inputJson: string): Promise<'started' | 'existed'> {
    return unlessUnavailable(this.#executions.start(name, inputJson));
  }

  async find(name: string): Promise<FoundCall | undefined> {
    const arn = this.#executions.arn(name);
    try {
      const { status, startDate, stopDate, input, output, error, cause } = await unlessUnavailable(
        this.#sfn.send(new DescribeExecutionCommand({ executionArn: arn })),
      );
      return {
        id: name,
        arn,
        status: statusOf(status),
        startedAtMs: startDate?.getTime() ?? 0,
        endedAtMs: stopDate?.getTime(),
        inputJson: input ?? '{}',
        outputJson: output,
        error,
        cause,
      };
    } catch (error) {
      if (error instanceof Error && error.name === 'ExecutionDoesNotExist') return undefined;
      throw error;
    }
  }

  async list({ status, cursor, most }: Parameters<Calls['list']>[0]): Promise<PageOfCalls | 'badCursor'> {
    try {
      const { executions = [], nextToken } = await unlessUnavailable(
        this.#sfn.send(
          new ListExecutionsCommand({
            stateMachineArn: this.#stateMachineArn,
            maxResults: most,
            ...(status === undefined ? {} : { statusFilter: status }),
            ...(cursor === undefined ? {} : { nextToken: cursor }),
          }),
        ),
      );
      const calls = executions.map((execution) => ({
        id: execution.name ?? '',
        status: statusOf(execution.status),
        startedAtMs: execution.startDate?.getTime() ?? 0,
        endedAtMs: execution.stopDate?.getTime(),
      }));
      return { calls, cursor: nextToken };
    } catch (error) {
      if (cursor !== undefined && error instanceof Error && BAD_CURSOR.has(error.name)) return 'badCursor';
      throw error;
    }
  }

  async stop(executionArn: string, cause: string): Promise<void> {
    await unlessUnavailable(
      this.#sfn.send(new StopExecutionCommand({ executionArn, error: CALLER_CANCELLED, cause })),
    );
  }

  async lastEvent(executionArn: string): Promise<string | undefined> {
    const { events = [] } = await unlessUnavailable(
      this.#sfn.send(
        new GetExecutionHistoryCommand({
          executionArn,
          reverseOrder: true,
          maxResults: 1,
          includeExecutionData: false,
        }),
      ),
    );
    return events[0]?.type;
  }

  waitingMessage(executionArn: string): Promise<unknown> {
    return unlessUnavailable(waitingMessageOf(this.#sfn, executionArn));
  }
}

/** An empty or overlong one is refused before it is looked at. */
const BAD_CURSOR = new Set(['InvalidToken', 'ValidationException']);

function statusOf(status: string | undefined): CallStatus {
  const known = CALL_STATUSES.find((one) => one === status);
  if (known === undefined)
    throw new Error(`Step Functions names a status that nobody knows: ${status ?? ''}`);
  return known;
}
