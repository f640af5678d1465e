import { parseTaskRequest, type TaskRequest } from '../contracts/task-request.js';
import type { Priority } from '../contracts/priority.js';
import type { Clock, TaskCallback } from '../ports.js';

/** Everything that a redrive touches in the world. Each method throws when it fails, but for the probe. */
export interface RedrivePorts {
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly callback: Pick<TaskCallback, 'probe'>;
  /** Puts a message on its priority queue, in the group that the workflow would give it. */
  readonly send: (
    priority: Priority,
    body: string,
    group: Pick<TaskRequest, 'tenant' | 'orderingKey'>,
  ) => Promise<void>;
  /** Starts an execution of `rate-limited-call`, unless there has been one of this name. */
  readonly start: (name: string, inputJson: string) => Promise<'started' | 'existed'>;
  /** Stands for a text without telling it: up to 64 characters, letters and digits. */
  readonly fingerprint: (text: string) => string;
}

export type Redriven =
  /** Its task still waits, so the message went back to its queue as it was. */
  | { readonly kind: 'returned'; readonly priority: Priority }
  /** Its task is over, so its call has an execution of its own. */
  | { readonly kind: 'started'; readonly executionName: string; readonly notes: readonly string[] }
  /** Nothing was done, and the message stays parked. */
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * Makes a parked message's call once more, under the same idempotency key, so that the ledger answers for a `once`
 * call that was or may have been made. Whoever deletes the message does so afterwards.
 *
 * The execution is named after the task that the message was for: of a redrive that is repeated, and of two copies of
 * one message, only one is started.
 */
export async function redrive(ports: RedrivePorts, body: string): Promise<Redriven> {
  const parsed = parseTaskRequest(body);
  if (parsed.kind === 'malformed')
    return refused(
      `it is not a task request: ${parsed.faults.join('; ')}; correct what sends it, and discard it`,
    );
  const { request } = parsed;
  switch (await ports.callback.probe(request.taskToken)) {
    case 'unknown':
      return refused('Step Functions did not say whether its task still waits; try again');
    case 'denied':
      return refused(
        'AWS denies states:SendTaskHeartbeat, which asks whether its task still waits; pass its state machine to serve() and your role to grantOperate()',
      );
    case 'waiting':
      await ports.send(request.priority, body, request);
      return { kind: 'returned', priority: request.priority };
    case 'closed':
      return startAfresh(ports, request);
  }
}

async function startAfresh(ports: RedrivePorts, request: TaskRequest): Promise<Redriven> {
  if (request.lookup)
    return refused(
      'it looked a call up, and does not hold its payload; start an execution with the original input',
    );
  const { operation, payload, priority, idempotencyKey, tenant, orderingKey, deadline } = request;
  const inTime = deadline !== undefined && deadline > ports.clock.nowMs();
  const input = {
    ...{ operation, payload, priority, idempotencyKey, tenant, orderingKey },
    deadline: inTime ? new Date(deadline).toISOString() : undefined,
  };
  const executionName = `redrive-${ports.fingerprint(request.taskToken)}`;
  const outcome = await ports.start(executionName, JSON.stringify(input));
  const notes = [
    ...(outcome === 'existed' ? ['it had been redriven before'] : []),
    ...(deadline !== undefined && !inTime ? ['its deadline had passed and was dropped'] : []),
  ];
  return { kind: 'started', executionName, notes };
}

function refused(reason: string): Redriven {
  return { kind: 'refused', reason };
}
