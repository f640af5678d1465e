import { TASK_ERRORS } from '../../../lambdas/core/contracts/task-errors.js';
import { compare, IN_HAND_MAX_MS, type ToCompare } from '../../../local/chaos/compare.js';
import type { BookEntry } from '../../../local/legacy-api/nasty/nasty-book.js';
import type { ExecutionRecord } from '../../../local/load/run-record.js';
import { anEnd, anEntry } from './book.js';

const ENDED_AT_MS = 100;

type End = ExecutionRecord['end'];

function aRun(ends: Readonly<Record<string, End>>, book: readonly BookEntry[]): ToCompare {
  const executions = Object.entries(ends).map(([name, end]): [string, ExecutionRecord] => {
    const endedAtMs = end === undefined ? undefined : ENDED_AT_MS;
    return [name, { priority: 'HIGH', startedAtMs: 0, calledAtMs: undefined, endedAtMs, end }];
  });
  return { executions: new Map(executions), book, hit: new Set(), isOnce: () => true };
}

const failed = (error: string) => anEnd('FAILED', { error });
const callFor = (idempotencyKey: string, atMs: number) => anEntry({ idempotencyKey, atMs });

describe('compare', () => {
  it('counts each execution under the name of its end', () => {
    const { outcomes } = compare(
      aRun(
        {
          a: anEnd('SUCCEEDED', { output: '{"id":"1"}' }),
          b: failed(TASK_ERRORS.rejected),
          c: failed(TASK_ERRORS.unavailable),
          d: failed(TASK_ERRORS.outcomeUnknown),
          e: failed(TASK_ERRORS.responseTooLarge),
          f: anEnd('ABORTED'),
          g: anEnd('TIMED_OUT'),
          h: failed(TASK_ERRORS.deadLettered),
          i: failed('Else'),
          open: undefined,
        },
        [],
      ),
    );

    expect(outcomes).toEqual({
      ...{ succeeded: 1, rejected: 1, unavailable: 1, unknown: 1 },
      ...{ tooLarge: 1, abandoned: 2, deadLettered: 1, other: 1 },
    });
  });

  it('holds each execution against the entries of its own key, in a sentence that names it', () => {
    const success = anEnd('SUCCEEDED', { output: '{"id":"1"}' });

    const { mismatches } = compare(aRun({ a: success, b: success }, [callFor('a', 0)]));

    expect(mismatches).toEqual(['execution b succeeded, but the API committed nothing']);
  });

  it('notices a call that no execution asked for', () => {
    const { mismatches } = compare(aRun({}, [callFor('stranger', 0)]));

    expect(mismatches).toEqual(['the API was called for stranger, which is no execution']);
  });

  it('counts calls for executions that are over, but blames only those that were not in hand', () => {
    const { callsForDeadExecutions, callsAfterTheEnd } = compare(
      aRun({ a: anEnd('ABORTED'), b: anEnd('ABORTED'), c: anEnd('ABORTED'), open: undefined }, [
        callFor('a', ENDED_AT_MS),
        callFor('b', ENDED_AT_MS + IN_HAND_MAX_MS),
        callFor('c', ENDED_AT_MS + IN_HAND_MAX_MS + 1),
        callFor('open', 1_000_000),
      ]),
    );

    expect([callsAfterTheEnd, callsForDeadExecutions]).toEqual([2, 1]);
  });

  it('counts blind repeats where a repeat does harm, and nowhere else', () => {
    const run = aRun({ a: anEnd('ABORTED'), b: anEnd('ABORTED') }, [
      ...[callFor('a', 0), callFor('b', 0), callFor('a', 50), callFor('b', 50)],
    ]);

    expect(compare({ ...run, isOnce: (name) => name === 'a' }).blindRepeats).toBe(1);
  });
});
