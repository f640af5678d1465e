import { GetExecutionHistoryCommand, type HistoryEvent } from '@aws-sdk/client-sfn';
import { type BookedExecution, rowOf } from './execution-book.js';
import type { Orchestrator } from './orchestrator.js';
import type { ExecutionDetails } from './page-state.js';

/** A call that is repeated to the end has fewer events. */
const EVENTS_MAX = 1_000;

/** An execution and its history, without any data: neither payload nor result nor token. */
export async function detailsOf(
  { sfn }: Pick<Orchestrator, 'sfn'>,
  execution: BookedExecution,
): Promise<ExecutionDetails> {
  const { executionArn, attempts, end } = execution;
  const { events = [] } = await sfn.send(
    new GetExecutionHistoryCommand({ executionArn, maxResults: EVENTS_MAX, includeExecutionData: false }),
  );
  return {
    row: rowOf(execution, Date.now()),
    executionArn,
    cause: end?.cause ?? lastCauseOf(events),
    attempts: attempts.map(({ startedAtMs, ended }) => ({
      startedAt: new Date(startedAtMs).toISOString(),
      outcome: ended?.outcome ?? null,
      reason: ended?.reason ?? null,
      tookMs: ended?.tookMs ?? null,
    })),
    events: events.map(eventOf),
  };
}

function eventOf(event: HistoryEvent): ExecutionDetails['events'][number] {
  const details = Object.entries(event).find(([key]) => key.endsWith('EventDetails'))?.[1] as
    { readonly name?: string; readonly error?: string } | undefined;
  return {
    id: event.id ?? 0,
    at: event.timestamp?.toISOString() ?? '',
    type: event.type ?? '',
    state: details?.name ?? null,
    error: details?.error ?? null,
  };
}

/** Of an execution that goes on after failures. */
function lastCauseOf(events: readonly HistoryEvent[]): string | null {
  const causes = events.map(({ taskFailedEventDetails }) => taskFailedEventDetails?.cause);
  return causes.filter((cause) => cause !== undefined).at(-1) ?? null;
}
