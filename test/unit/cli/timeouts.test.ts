import { timeoutsText } from '../../../cli/status/timeouts.js';

const WAITING = {
  priority: 'BATCH',
  tasks: 2,
  taskTimeoutMs: 3_600_000,
  notBefore: '2030-01-31T12:00:00.000Z',
  lastAt: '2030-01-31T12:30:00.000Z',
} as const;

describe('the tasks that a pause lets time out', () => {
  it.each([
    [
      WAITING,
      'BATCH: 2 tasks wait. Unless resumed, all time out 1 h after each came: none before 2030-01-31 12:00:00 UTC, the last by 2030-01-31 12:30:00 UTC.',
    ],
    [
      { ...WAITING, tasks: 1 },
      'BATCH: 1 task waits. Unless resumed, it times out 1 h after it came: not before 2030-01-31 12:00:00 UTC, by 2030-01-31 12:30:00 UTC.',
    ],
    [
      { ...WAITING, tasks: 1, notBefore: null },
      'BATCH: 1 task waits. Unless resumed, it times out 1 h after it came: by 2030-01-31 12:30:00 UTC.',
    ],
    [
      { ...WAITING, tasks: 0, notBefore: null, lastAt: null },
      'BATCH: nothing waits. A task times out 1 h after it comes.',
    ],
  ])('are told as they are many, one or none', (waiting, text) => {
    expect(timeoutsText(waiting)).toBe(text);
  });
});
