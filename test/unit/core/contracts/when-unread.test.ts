import { EventEmitter } from 'node:events';
import { whenUnread } from '../../../../lambdas/core/contracts/when-unread.js';

describe('whenUnread', () => {
  let output: EventEmitter;
  let ends: number;

  beforeEach(() => {
    output = new EventEmitter();
    ends = 0;
    whenUnread(output, () => (ends += 1));
  });

  it('ends the program where the pipe was closed', () => {
    output.emit('error', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));

    expect(ends).toBe(1);
  });

  it('hides no other fault', () => {
    const full = Object.assign(new Error('write ENOSPC'), { code: 'ENOSPC' });

    expect(() => output.emit('error', full)).toThrow(full);
    expect(ends).toBe(0);
  });
});
