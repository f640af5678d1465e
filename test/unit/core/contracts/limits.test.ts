import { BELL_BODY } from '../../../../lambdas/core/contracts/doorbell.js';
import { PAYLOAD_MAX_BYTES, STATE_DATA_MAX_BYTES } from '../../../../lambdas/core/contracts/limits.js';
import { UNAVAILABLE_RETRY } from '../../../../lambdas/core/contracts/task-errors.js';

describe('what messages and tasks may hold', () => {
  it('is a payload that leaves 16 KiB of state data for the token and the other fields', () => {
    expect(STATE_DATA_MAX_BYTES - PAYLOAD_MAX_BYTES).toBe(16_384);
  });

  it('is a bell that is not empty, because SQS takes no empty message', () => {
    expect(BELL_BODY).not.toBe('');
  });

  it('is eight repeats, the first after two seconds, each after twice the wait, up to five minutes', () => {
    expect(UNAVAILABLE_RETRY).toEqual({
      intervalSeconds: 2,
      backoffRate: 2,
      maxDelaySeconds: 300,
      maxAttempts: 8,
    });
  });
});
