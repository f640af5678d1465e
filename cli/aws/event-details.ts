import type { HistoryEvent } from '@aws-sdk/client-sfn';

/** What an event of a history says besides its data. */
export interface EventDetails {
  readonly at: string;
  readonly type: string;
  readonly state: string | null;
  readonly error: string | null;
  readonly cause: string | null;
}

export function eventDetails(event: HistoryEvent): EventDetails {
  const details = Object.entries(event).find(([key]) => key.endsWith('EventDetails'))?.[1] as
    { readonly name?: string; readonly error?: string; readonly cause?: string } | undefined;
  return {
    at: event.timestamp?.toISOString() ?? '',
    type: event.type ?? '',
    state: details?.name ?? null,
    error: details?.error ?? null,
    cause: details?.cause ?? null,
  };
}

/** Why the last attempt of an execution failed; undefined where none has. */
export function lastFailureOf(events: readonly HistoryEvent[]): string | undefined {
  const last = events
    .map(eventDetails)
    .filter(({ error }) => error !== null)
    .at(-1);
  return last === undefined ? undefined : `${last.error ?? ''}: ${last.cause ?? 'no cause'}`;
}
