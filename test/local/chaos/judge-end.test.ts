import { TASK_ERRORS } from '../../../lambdas/core/contracts/task-errors.js';
import { type Case, mismatchOf } from '../../../local/chaos/judge-end.js';
import { anEnd, anEntry, anIdleEntry } from './book.js';

const succeeded = anEnd('SUCCEEDED', { output: '{ "id": "1" }' });
const failed = (error: string) => anEnd('FAILED', { error });
const lookup = { kind: 'lookup', operation: 'GET /charges' } as const;

const aCase = (more: Partial<Case>): Case => ({
  ...{ end: succeeded, entries: [anEntry()], once: true, hit: false },
  ...more,
});

describe('mismatchOf', () => {
  const sound: readonly (readonly [string, Partial<Case>])[] = [
    ['a success whose result was committed', {}],
    [
      'a success that a lookup found',
      { entries: [anEntry({ told: 'none' }), anEntry({ ...lookup, committed: undefined })] },
    ],
    ['a refusal', { end: failed(TASK_ERRORS.rejected), entries: [anIdleEntry('rejected')] }],
    [
      'an idempotent call that was committed and cannot be had',
      { end: failed(TASK_ERRORS.unavailable), entries: [anEntry({ told: 'failed' })], once: false },
    ],
    [
      'a once call that was not committed and cannot be had',
      { end: failed(TASK_ERRORS.unavailable), entries: [anIdleEntry('throttled')] },
    ],
    ...(['none', 'failed', 'unreadable'] as const).map(
      (told) =>
        [
          `an unknown outcome after ${told}`,
          { end: failed(TASK_ERRORS.outcomeUnknown), entries: [anEntry({ told })] },
        ] as const,
    ),
    [
      'an unknown outcome whose lookup failed',
      {
        end: failed(TASK_ERRORS.outcomeUnknown),
        entries: [anEntry({ told: 'none' }), anIdleEntry('rejected', lookup)],
      },
    ],
    [
      'an unknown outcome of a call that was answered to a worker that died',
      { end: failed(TASK_ERRORS.outcomeUnknown), hit: true },
    ],
    [
      'a result too large',
      { end: failed(TASK_ERRORS.responseTooLarge), entries: [anEntry({ told: 'oversized' })] },
    ],
    ['a stop after the call', { end: anEnd('ABORTED') }],
    ['a stop before any call', { end: anEnd('ABORTED'), entries: [] }],
    ['a duplicate given up by its queue', { end: failed(TASK_ERRORS.deadLettered), hit: true }],
  ];

  it.each(sound)('accepts %s', (_what, more) => {
    expect(mismatchOf(aCase(more))).toBeUndefined();
  });

  const twice = [anEntry({ told: 'none' }), anEntry({ atMs: 100, committed: '{"id":"2"}' })];
  const wrong: readonly (readonly [string, Partial<Case>])[] = [
    ['succeeded, but the API committed nothing', { entries: [anIdleEntry('none')] }],
    ['succeeded, but the API committed nothing', { entries: [] }],
    [
      'succeeded with another result than the API committed',
      { entries: [anEntry({ committed: '{"id":"2"}' })] },
    ],
    ['was committed 2 times', { entries: twice }],
    ['was committed 2 times', { end: anEnd('ABORTED'), entries: twice, hit: true }],
    [
      'failed as rejected, but the API committed it',
      { end: failed(TASK_ERRORS.rejected), entries: [anEntry(), anIdleEntry('rejected')] },
    ],
    [
      'failed as rejected, but the API never refused it',
      { end: failed(TASK_ERRORS.rejected), entries: [anIdleEntry('rejected', lookup)] },
    ],
    [
      'failed as unavailable, which says that a repeat is safe, but the API committed it',
      { end: failed(TASK_ERRORS.unavailable), entries: [anEntry({ told: 'failed' })] },
    ],
    ...(['result', 'rejected', 'throttled', 'oversized'] as const).map(
      (told) =>
        [
          'failed as unknown, but the API had told its outcome',
          { end: failed(TASK_ERRORS.outcomeUnknown), entries: [anEntry({ told })] },
        ] as const,
    ),
    [
      'failed as unknown, but the API had told its outcome',
      {
        end: failed(TASK_ERRORS.outcomeUnknown),
        entries: [anEntry({ told: 'none' }), anIdleEntry('notFound', lookup)],
      },
    ],
    [
      'failed as too large, but the API committed nothing',
      { end: failed(TASK_ERRORS.responseTooLarge), entries: [anIdleEntry('oversized')] },
    ],
    ['failed as too large, but the API never answered so', { end: failed(TASK_ERRORS.responseTooLarge) }],
    [
      'was dead-lettered, though nothing made its message come more often',
      { end: failed(TASK_ERRORS.deadLettered) },
    ],
    [
      `failed with ${TASK_ERRORS.invalidRequest}, which nothing in this run explains`,
      { end: failed(TASK_ERRORS.invalidRequest) },
    ],
  ];

  it.each(wrong)('says: it %s (%#)', (sentence, more) => {
    expect(mismatchOf(aCase(more))).toBe(sentence);
  });
});
