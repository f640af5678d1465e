import { ExecutionBook } from '../../../local/live-page/execution-book.js';
import type { StatusChange } from '../../../local/aws/step-functions/status-change.js';
import { toldBy } from '../../../local/live-page/told-by-worker.js';

const NOW_MS = Date.parse('2030-01-31T12:00:00Z');

function aChange(name: string, more: Partial<StatusChange> = {}): StatusChange {
  return {
    executionArn: `arn:${name}`,
    stateMachineArn: 'ours',
    name,
    status: 'RUNNING',
    startDate: NOW_MS,
    stopDate: null,
    input: JSON.stringify({ operation: 'createOrder', priority: 'HIGH', payload: { secret: 'payload' } }),
    output: null,
    stateMachineVersionArn: null,
    stateMachineAliasArn: null,
    redriveCount: 0,
    redriveDate: null,
    redriveStatus: 'NOT_REDRIVABLE',
    redriveStatusReason: '',
    inputDetails: { included: true },
    outputDetails: null,
    error: null,
    cause: null,
    ...more,
  };
}

function hear(book: ExecutionBook, message: string, execution: string, atMs: number, more: object = {}) {
  const fields = { message, execution, timestamp: new Date(atMs).toISOString(), priority: 'HIGH', ...more };
  const told = toldBy(JSON.stringify({ level: 'INFO', ...fields }));
  if (told !== undefined) book.hear(told);
}

describe('the book of executions', () => {
  it('follows an execution from its start to its end', () => {
    const book = new ExecutionBook();
    const row = () => book.rows(1, NOW_MS + 1_000)[0];
    book.statusChanged(aChange('one'));
    expect(row()).toMatchObject({ phase: 'waiting', waitedMs: 1_000, called: false });

    hear(book, 'callStarted', 'arn:one', NOW_MS + 200);
    expect(row()).toMatchObject({ phase: 'calling', waitedMs: 200, called: true, calls: 1, tookMs: null });

    hear(book, 'callEnded', 'arn:one', NOW_MS + 250, { outcome: 'throttled', serviceTimeMs: 50 });
    expect(row()).toMatchObject({ phase: 'betweenCalls', tookMs: 50 });

    book.statusChanged(aChange('one', { status: 'FAILED', error: 'LegacyApi.Rejected', stopDate: NOW_MS }));
    expect(row()).toMatchObject({ phase: 'failed', error: 'LegacyApi.Rejected' });
    expect(book.counts()).toEqual({ started: 1, running: 0, succeeded: 0, failed: 1 });
    expect(book.lastFailures(3)).toEqual([
      { name: 'one', endedAtMs: NOW_MS, error: 'LegacyApi.Rejected', status: 'FAILED' },
    ]);
  });

  it('books one that is redriven anew, and its failure no more', () => {
    const book = new ExecutionBook();
    const redriveDate = NOW_MS + 60_000;
    book.statusChanged(aChange('one'));
    hear(book, 'callStarted', 'arn:one', NOW_MS + 200);
    book.statusChanged(aChange('one', { status: 'FAILED', stopDate: NOW_MS + 300 }));

    book.statusChanged(aChange('one', { redriveCount: 1, redriveDate }));

    expect(book.rows(2, redriveDate + 5)).toMatchObject([{ phase: 'waiting', waitedMs: 5, calls: 0 }]);
    expect(book.oldest().HIGH).toEqual({ atMs: redriveDate, exact: true });
    expect(book.counts()).toEqual({ started: 1, running: 1, succeeded: 0, failed: 0 });
    expect(book.lastFailures(3)).toEqual([]);
    book.statusChanged(
      aChange('one', { status: 'SUCCEEDED', redriveCount: 1, redriveDate, stopDate: redriveDate }),
    );
    expect(book.counts()).toEqual({ started: 1, running: 0, succeeded: 1, failed: 0 });
  });

  it('knows since when the oldest of each class runs', () => {
    const book = new ExecutionBook();
    book.statusChanged(aChange('one'));
    book.statusChanged(aChange('two', { startDate: NOW_MS + 5 }));
    book.statusChanged(aChange('one', { status: 'SUCCEEDED', stopDate: NOW_MS + 9 }));

    expect(book.oldest()).toEqual({
      HIGH: { atMs: NOW_MS + 5, exact: true },
      NORMAL: undefined,
      BATCH: undefined,
    });
  });

  it('takes an execution without a class for NORMAL, as the state machine does', () => {
    const book = new ExecutionBook();
    book.statusChanged(aChange('one', { input: '{"operation":"createOrder"}' }));
    book.statusChanged(aChange('two', { input: '[]' }));

    expect(book.rows(2, NOW_MS).map(({ priority }) => priority)).toEqual(['NORMAL', 'NORMAL']);
  });

  it('leaves other state machines alone', () => {
    const book = new ExecutionBook();
    book.restrictTo('ours');
    book.statusChanged(aChange('one', { stateMachineArn: 'theirs' }));

    expect(book.counts().started).toBe(0);
  });

  it('forgets the oldest that have ended, and none that runs', () => {
    const book = new ExecutionBook();
    book.statusChanged(aChange('runs'));
    for (let index = 0; index < 2_001; index += 1) {
      book.statusChanged(aChange(`ends-${index}`));
      book.statusChanged(aChange(`ends-${index}`, { status: 'SUCCEEDED', stopDate: NOW_MS }));
    }

    expect(book.find('ends-0')).toBeUndefined();
    expect(book.find('ends-1')).toBeDefined();
    expect(book.find('runs')).toBeDefined();
    expect(book.counts().succeeded).toBe(2_001);
  });

  it('keeps no payload', () => {
    const book = new ExecutionBook();
    book.statusChanged(aChange('one'));

    expect(JSON.stringify([book.rows(1, NOW_MS), book.find('one')])).not.toContain('payload');
  });
});
