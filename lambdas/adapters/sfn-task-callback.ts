import {
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import type { TaskFailure } from '../core/contracts/task-errors.js';
import type { ResumeOutcome, TaskCallback } from '../core/ports.js';

/**
 * Errors that mean nobody waits for the token. Late, duplicate and stopped-execution callbacks look alike.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskSuccess.html
 */
const TASK_CLOSED = new Set(['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken']);

/** Errors that say that the result itself is wrong: the same one is refused again. */
const REFUSED = new Set(['InvalidOutput', 'ValidationException']);

/** Repeating it helps nobody until somebody grants the permission. */
const DENIED = 'AccessDeniedException';

/** Callbacks through the Step Functions API. */
export class SfnTaskCallback implements TaskCallback {
  readonly #sfn: SFNClient;

  constructor(sfn: SFNClient) {
    this.#sfn = sfn;
  }

  succeed(taskToken: string, outputJson: string): Promise<ResumeOutcome> {
    return resume(this.#sfn.send(new SendTaskSuccessCommand({ taskToken, output: outputJson })));
  }

  fail(taskToken: string, { error, cause }: TaskFailure): Promise<ResumeOutcome> {
    return resume(this.#sfn.send(new SendTaskFailureCommand({ taskToken, error, cause })));
  }

  async probe(taskToken: string): Promise<'waiting' | 'closed' | 'denied' | 'unknown'> {
    const outcome = await resume(this.#sfn.send(new SendTaskHeartbeatCommand({ taskToken })));
    switch (outcome.kind) {
      case 'resumed':
        return 'waiting';
      case 'taskClosed':
        return 'closed';
      case 'refused':
      case 'unavailable':
        return outcome.reason === DENIED ? 'denied' : 'unknown';
    }
  }
}

async function resume(sent: Promise<unknown>): Promise<ResumeOutcome> {
  try {
    await sent;
    return { kind: 'resumed' };
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown error';
    // The name only: messages of the service may quote the token.
    if (TASK_CLOSED.has(name))
      return { kind: 'taskClosed', ...(attemptsOf(error) > 1 ? { perhapsByUs: true } : {}) };
    return { kind: REFUSED.has(name) ? 'refused' : 'unavailable', reason: name };
  }
}

/** Made by the client itself: after one that was not answered it tries again. */
function attemptsOf(error: unknown): number {
  const { $metadata } = Object(error) as { readonly $metadata?: { readonly attempts?: number } };
  return $metadata?.attempts ?? 1;
}
