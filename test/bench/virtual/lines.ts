import type { Priority } from '../../../lambdas/core/contracts/priority.js';

/** A queue with a mapping of its own; an earlier line's work goes first. */
export interface Line {
  readonly priorities: readonly Priority[];
  readonly maximumConcurrency: number;
}

/** Three queues: who is lower gives way by deferring. */
export function threeLines(maximumConcurrency: number): readonly Line[] {
  return [
    { priorities: ['HIGH'], maximumConcurrency },
    { priorities: ['NORMAL'], maximumConcurrency },
    { priorities: ['BATCH'], maximumConcurrency },
  ];
}

/** One queue for everybody. */
export function oneLine(maximumConcurrency: number): readonly Line[] {
  return [{ priorities: ['HIGH', 'NORMAL', 'BATCH'], maximumConcurrency }];
}
