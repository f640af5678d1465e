import { PRIORITIES } from '../contracts/priority.js';
import type { CapacityPlan } from './plan.js';
import { longerWaits } from './slot-option.js';
import { durationText } from './words.js';

type Facts = Omit<CapacityPlan, 'warnings'>;

/** Times of the stack's own configuration that the predictions do not bear out. */
export function timeWarnings(facts: Facts): readonly string[] {
  return [...tasksThatTimeOut(facts), ...alarmsThatAlwaysRing(facts), ...callsThatAreCutOff(facts)];
}

function tasksThatTimeOut({ chosen, configured, recommended }: Facts): readonly string[] {
  if (configured === undefined) return [];
  const waits = longerWaits(chosen);
  return PRIORITIES.flatMap((priority) => {
    const waitMs = waits[priority]?.p99Ms ?? 0;
    const { taskTimeoutSeconds } = configured.priorities[priority];
    if (waitMs < taskTimeoutSeconds * 1_000) return [];
    const wanted = recommended.priorities[priority].taskTimeoutSeconds;
    return [
      `${priority} tasks time out before they are served: taskTimeoutSeconds is ${taskTimeoutSeconds} (${durationText(taskTimeoutSeconds * 1_000)}), but the predicted wait is ${durationText(waitMs)} (p99). Set it to ${wanted}.`,
    ];
  });
}

function alarmsThatAlwaysRing({ chosen, configured, recommended }: Facts): readonly string[] {
  if (configured === undefined) return [];
  const waits = longerWaits(chosen);
  return PRIORITIES.flatMap((priority) => {
    const waitMs = waits[priority]?.p99Ms ?? 0;
    const { ageObjectiveSeconds } = configured.priorities[priority];
    if (waitMs < ageObjectiveSeconds * 1_000) return [];
    const wanted = recommended.priorities[priority].ageObjectiveSeconds;
    return [
      `${priority} misses its age objective as a rule: ageObjectiveSeconds is ${ageObjectiveSeconds}, but the predicted wait is ${durationText(waitMs)} (p99). Set it to ${wanted}, or plan for less demand.`,
    ];
  });
}

function callsThatAreCutOff({ input, configured, recommended }: Facts): readonly string[] {
  if (configured === undefined || configured.operationTimeoutMs > input.latency.p99Ms) return [];
  return [
    `More than one call in a hundred is given up before its answer: the operations' timeoutMs is ${configured.operationTimeoutMs} at most, and the API's p99 is ${durationText(input.latency.p99Ms)}. Set it to ${recommended.operationTimeoutMs}.`,
  ];
}
