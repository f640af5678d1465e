import { GetExecutionHistoryCommand, type SFNClient } from '@aws-sdk/client-sfn';

/**
 * The message of the task that waits now, with its token; undefined where none waits. Of several branches that wait at
 * once, none is told.
 */
export async function waitingMessageOf(sfn: SFNClient, executionArn: string): Promise<unknown> {
  const { events = [] } = await sfn.send(
    new GetExecutionHistoryCommand({
      executionArn,
      reverseOrder: true,
      maxResults: 3,
      includeExecutionData: true,
    }),
  );
  const [submitted, started, scheduled] = events;
  if (submitted?.type !== 'TaskSubmitted' || started?.type !== 'TaskStarted') return undefined;
  const parameters = scheduled?.taskScheduledEventDetails?.parameters ?? '{}';
  return (JSON.parse(parameters) as { readonly MessageBody?: unknown }).MessageBody;
}
