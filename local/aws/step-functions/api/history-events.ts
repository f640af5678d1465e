import type { EventDetails, HistoryEvent } from '../history.js';

/** Details that GetExecutionHistory leaves out when `includeExecutionData` is false. */
const dataKeys = new Set([
  'input',
  'inputDetails',
  'output',
  'outputDetails',
  'parameters',
  'assignedVariables',
  'assignedVariablesDetails',
]);

/** An event as GetExecutionHistory answers it. */
export function wireEvent(event: HistoryEvent, includeExecutionData: boolean): object {
  const { id, previousEventId, timestampMs, type, detailsKey, details } = event;
  return {
    timestamp: timestampMs / 1_000,
    type,
    id,
    previousEventId,
    ...(detailsKey && details ? { [detailsKey]: includeExecutionData ? details : withoutData(details) } : {}),
  };
}

function withoutData(details: EventDetails): EventDetails {
  return Object.fromEntries(Object.entries(details).filter(([key]) => !dataKeys.has(key)));
}
