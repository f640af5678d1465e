import { overflowOf, priorityOf } from '../../../../lambdas/core/contracts/lane.js';
import { PRIORITIES } from '../../../../lambdas/core/contracts/priority.js';

describe('the queues of a class', () => {
  it('are its own and its overflow, each of which knows its class', () => {
    expect(PRIORITIES.map(overflowOf)).toEqual(['HIGH_OVERFLOW', 'NORMAL_OVERFLOW', 'BATCH_OVERFLOW']);
    for (const priority of PRIORITIES)
      expect([priorityOf(priority), priorityOf(overflowOf(priority))]).toEqual([priority, priority]);
  });
});
