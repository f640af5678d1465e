import type { OrchestratorConfig } from '../config/orchestrator-config.js';
import {
  CALL_EVENTS,
  type CallAnswer,
  type ExecutionEnd,
  parseCallEvent,
  whatWasRequested,
} from '../contracts/call-events.js';
import { REQUESTED_BY_EVENT } from '../contracts/execution-name.js';
import { STATE_DATA_MAX_BYTES } from '../contracts/limits.js';
import { TASK_ERRORS } from '../contracts/task-errors.js';
import { fitsStateData } from '../outcomes/state-data.js';

/** An execution's data, complete; the output is absent unless it succeeded. */
export interface ExecutionData {
  readonly input: string;
  readonly output: string | undefined;
}

export type CallEventRecord =
  | { readonly kind: 'callStarted'; readonly callId: string; readonly outcome: 'started' | 'existed' }
  | { readonly kind: 'answerPublished'; readonly callId: string; readonly status: CallAnswer['status'] }
  | { readonly kind: 'problem'; readonly reason: string };

/** Everything that an event touches in the world. Each method throws when it fails. */
export interface CallEventPorts {
  /** Starts an execution of `rate-limited-call`, unless there has been one of this name. */
  readonly start: (name: string, inputJson: string) => Promise<'started' | 'existed'>;
  readonly executionArn: (name: string) => string;
  readonly describe: (executionArn: string) => Promise<ExecutionData>;
  /** Puts an event with this detail type on the bus. */
  readonly publish: (detailType: string, answer: CallAnswer) => Promise<void>;
  readonly record: (event: CallEventRecord) => void;
}

/** `finished`: to be deleted. `comesBack`: stays on its queue, and is dead-lettered after too many attempts. */
export type Handled = 'finished' | 'comesBack';

/**
 * Starts the call that an event requests, or tells the end of such a call by an event. A second delivery starts
 * nothing: the execution is named after the event. Never throws: where something cannot be reached, the event comes back.
 */
export async function handleCallEvent(
  ports: CallEventPorts,
  config: OrchestratorConfig,
  body: string,
): Promise<Handled> {
  try {
    const event = parseCallEvent(body);
    if (event.kind === 'foreign') {
      ports.record({ kind: 'problem', reason: `not one of our events: ${event.faults.join('; ')}` });
      return 'comesBack';
    }
    if (event.kind === 'requested') await startCall(ports, event.id, JSON.stringify(event.detail));
    else await publishEnd(ports, config, event.end);
    return 'finished';
  } catch (error) {
    // The name only: messages of services may quote what they were sent.
    ports.record({ kind: 'problem', reason: error instanceof Error ? error.name : 'unknown error' });
    return 'comesBack';
  }
}

/** Whether the request can be served is for the state machine to say, but for one that cannot even be its input. */
async function startCall(ports: CallEventPorts, eventId: string, inputJson: string): Promise<void> {
  const callId = `${REQUESTED_BY_EVENT}${eventId}`;
  if (fitsStateData(inputJson)) {
    const outcome = await ports.start(callId, inputJson);
    ports.record({ kind: 'callStarted', callId, outcome });
    return;
  }
  await publish(ports, {
    callId,
    executionArn: ports.executionArn(callId),
    status: 'FAILED',
    ...whatWasRequested(inputJson),
    error: TASK_ERRORS.invalidRequest,
    cause: `detail: expected at most ${STATE_DATA_MAX_BYTES} bytes of JSON; no execution was started`,
  });
}

async function publishEnd(
  ports: CallEventPorts,
  { events }: OrchestratorConfig,
  end: ExecutionEnd,
): Promise<void> {
  const { name: callId, executionArn, status, error, cause } = end;
  const withResult = status === 'SUCCEEDED' && events?.includeResult === true;
  const { input, output } = await dataOf(ports, end, withResult);
  await publish(ports, {
    callId,
    executionArn,
    status,
    ...whatWasRequested(input),
    ...(withResult && output !== undefined ? { result: JSON.parse(output) as unknown } : {}),
    ...(typeof error === 'string' ? { error } : {}),
    ...(typeof cause === 'string' ? { cause } : {}),
  });
}

async function dataOf(
  ports: CallEventPorts,
  { executionArn, input, output }: ExecutionEnd,
  withResult: boolean,
): Promise<ExecutionData> {
  const isComplete = typeof input === 'string' && (!withResult || typeof output === 'string');
  return isComplete ? { input, output: output ?? undefined } : ports.describe(executionArn);
}

async function publish(ports: CallEventPorts, answer: CallAnswer): Promise<void> {
  const { callId, status } = answer;
  await ports.publish(status === 'SUCCEEDED' ? CALL_EVENTS.succeeded : CALL_EVENTS.failed, answer);
  ports.record({ kind: 'answerPublished', callId, status });
}
