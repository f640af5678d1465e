import type { OrchestratorConfig } from '../config/orchestrator-config.js';
import { TASK_ERRORS } from '../contracts/task-errors.js';
import { parseTaskRequest } from '../contracts/task-request.js';
import { readinessOf } from '../dispatch/readiness.js';
import type { Message, Ports } from '../ports.js';
import { identityOf } from './call-identity.js';
import { orKnown } from './known-call.js';
import type { ReadyCall } from './ready-call.js';
import { delivered, type Settlement } from './settle.js';

/** A message that is not called for, together with what is to be done with it. */
export type Uncalled = { readonly kind: 'toSettle' } & Settlement;

/**
 * Everything about a message that can be found out before the legacy API is touched: dead work ends here and
 * costs no quota and no hold. Undefined where nothing is left to do for now.
 */
export async function vetMessage(
  ports: Ports,
  config: OrchestratorConfig,
  message: Message,
): Promise<ReadyCall | Uncalled | undefined> {
  const parsed = parseTaskRequest(message.body);
  if (parsed.kind === 'malformed') {
    await refuseMalformed(ports, message, parsed);
    return undefined;
  }
  const { request } = parsed;
  const { receiveCount } = message;
  const readiness = readinessOf(config, request, { nowMs: ports.clock.nowMs(), receiveCount });
  if (readiness.kind === 'settled')
    return {
      ...{ kind: 'toSettle', request },
      disposition: await orKnown(ports, config, request, readiness.disposition),
    };
  if (readiness.probeFirst && (await ports.callback.probe(request.taskToken)) === 'closed') {
    ports.telemetry.record({ kind: 'abandoned', why: 'taskClosed', ...identityOf(request) });
    return { kind: 'toSettle', request, disposition: { kind: 'drop' } };
  }
  return { kind: 'call', request, operation: readiness.operation };
}

async function refuseMalformed(
  ports: Ports,
  message: Message,
  { faults, taskToken }: { readonly faults: readonly string[]; readonly taskToken: string | undefined },
): Promise<void> {
  const cause = `the message is not a task request: ${faults.join('; ')}`;
  ports.telemetry.record({ kind: 'malformed', priority: message.priority, faults });
  if (taskToken !== undefined) {
    const failure = { error: TASK_ERRORS.invalidRequest, cause };
    const outcome = await delivered(ports, () => ports.callback.fail(taskToken, failure));
    if (outcome.kind === 'unavailable') return;
  }
  // Only now is the token in its body worth nothing, and each delivery that got no further parks no copy.
  await ports.queues.park(message, cause);
  await ports.queues.delete(message);
}
