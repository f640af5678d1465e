import { CallBook } from '../../../local/legacy-api/call-book.js';
import { Judge } from '../../../local/legacy-api/judge.js';

describe('CallBook', () => {
  it('shows the last 10,000 executed calls', () => {
    const book = new CallBook(new Judge({ limits: [] }));
    const call = { method: 'POST', path: '/orders', idempotencyKey: null, bodySha256: null };

    for (let atMs = 0; atMs < 10_005; atMs += 1) book.executed({ ...call, atMs });

    expect(book.calls()).toHaveLength(10_000);
    expect(book.calls()[0]?.atMs).toBe(5);
  });
});
