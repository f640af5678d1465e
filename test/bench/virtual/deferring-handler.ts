import type { OrchestratorConfig } from '../../../lambdas/core/config/orchestrator-config.js';
import type { Dice } from '../../simulation/dice.js';
import { CALLBACK_REQUEST, SQS_REQUEST, TIMER_LATE_MAX_MS } from '../../simulation/latencies.js';
import type { ModelLegacyApi } from '../../simulation/legacy-api.js';
import type { Life } from '../../simulation/life.js';
import type { Scheduler } from '../../simulation/scheduler.js';
import type { StandardQueue } from '../../simulation/standard-queue.js';
import type { Stored } from '../../simulation/message-queue.js';
import type { ModelStepFunctions } from '../../simulation/step-functions.js';
import type { Usage } from '../../simulation/usage.js';

/** What an invocation was given: a message, its queue, and the queues whose work goes first. */
export interface InHand {
  readonly message: Stored<string>;
  readonly queue: StandardQueue<string>;
  readonly moreUrgent: readonly StandardQueue<string>[];
}

export interface HandlerParts {
  readonly scheduler: Scheduler;
  readonly dice: Dice;
  readonly config: OrchestratorConfig;
  readonly holdMs: number;
  /** How long a message that is given back stays hidden. */
  readonly deferralMs: number;
  readonly legacyApi: ModelLegacyApi;
  readonly stepFunctions: ModelStepFunctions;
  readonly usage: Usage;
}

/**
 * The handler that people write for mappings: gives its message back where more urgent work waits; else calls,
 * resumes the task, and ends only when the hold is over.
 *
 * It sees the backlog as it is; SQS's own counts lag behind.
 *
 * @returns whether the message is done with.
 */
export async function handleMessage(parts: HandlerParts, life: Life, inHand: InHand): Promise<boolean> {
  const { scheduler, config, legacyApi, stepFunctions, usage, holdMs, deferralMs } = parts;
  const { message, queue, moreUrgent } = inHand;
  if (moreUrgent.length > 0) {
    usage.sqsRequests += moreUrgent.length;
    if (await life.request(SQS_REQUEST, () => moreUrgent.some(({ visibleCount }) => visibleCount > 0))) {
      usage.sqsRequests += 1;
      await life.request(SQS_REQUEST, () => queue.hide(message.receipt, deferralMs));
      return false;
    }
  }
  const { payload, taskToken, idempotencyKey } = JSON.parse(message.content) as Body;
  const operation = config.operations['getOrder'];
  if (operation === undefined) throw new Error('the simulated configuration has no operation getOrder');
  const { sentAtMs } = await legacyApi.call(life, { operation, idempotencyKey, payload });
  await life.request(CALLBACK_REQUEST, () => stepFunctions.succeed(taskToken, '{}'));
  await sleepUntil(parts, life, (sentAtMs ?? scheduler.nowMs) + holdMs);
  return true;
}

interface Body {
  readonly payload: number;
  readonly taskToken: string;
  readonly idempotencyKey: string;
}

function sleepUntil({ scheduler, dice }: HandlerParts, life: Life, instantMs: number): Promise<void> {
  const leftMs = instantMs - scheduler.nowMs;
  if (leftMs <= 0) return Promise.resolve();
  const lateMs = dice.between(0, TIMER_LATE_MAX_MS);
  return life.until<undefined>(leftMs, (answerAt) => answerAt(instantMs + lateMs, undefined));
}
