import {
  type ChaosReport,
  chaosReportOf,
  chaosViolationsOf,
  formatChaos,
} from '../../../local/chaos/chaos-report.js';
import { CHAOS_KINDS } from '../../../local/chaos/chaos-kinds.js';
import { compare } from '../../../local/chaos/compare.js';
import { reportOf } from '../../../local/load/report.js';
import { RunRecord } from '../../../local/load/run-record.js';
import { anEntry } from './book.js';

function aReport(more: Partial<ChaosReport> = {}): ChaosReport {
  const legacyApi = {
    ...{ calls: 2, maxInFlight: 5, worstWindowCalls: 20, limitCalls: 20, limitWindowMs: 1_000 },
    ...{ responses429: 0, repeatedKeys: 0, firstStartMs: 0, lastStartMs: 1_000 },
  };
  const report = reportOf({
    ...{ slots: 5, record: new RunRecord(), legacyApi },
    queues: { receives: 2, deadLettered: 0 },
    worker: { invocations: 5, throttles: 0 },
  });
  const executions = new Map();
  const book = [
    anEntry({ fault: 'garbage' }),
    anEntry({ fault: '429' }),
    anEntry({ fault: '429', kind: 'lookup' }),
  ];
  const comparison = compare({ executions, book: [], hit: new Set(), isOnce: () => true });
  const sources = { report, comparison, kinds: ['kill', 'garbage', '429', 'hang'] as const, seed: 9, book };
  return { ...chaosReportOf({ ...sources, disturbances: { kill: 3, duplicate: 0, stop: 0 } }), ...more };
}

describe('chaosReportOf', () => {
  it('counts what came about of each kind that was asked for, and of no other', () => {
    expect(aReport().chaos).toEqual({ '429': 2, garbage: 1, hang: 0, kill: 3 });
  });

  it('counts lookups', () => {
    expect(aReport().lookups).toBe(1);
  });
});

describe('chaosViolationsOf', () => {
  it('leaves failed executions to the comparison with the book', () => {
    const executions = { started: 3, succeeded: 1, failed: 2, open: 0 };

    expect(chaosViolationsOf(aReport({ executions }), 5)).toEqual([]);
  });

  it.each<readonly [Partial<ChaosReport>, string]>([
    [{ blindRepeats: 2 }, 'repeated blindly: 2 calls'],
    [{ callsForDeadExecutions: 3 }, 'made for executions that were over: 3 calls'],
    [{ mismatches: ['execution a has not ended'] }, 'execution a has not ended'],
    [{ executions: { started: 1, succeeded: 0, failed: 0, open: 1 } }, '1 execution did not end'],
    [{ queues: { receives: 1, deadLettered: 1 } }, 'dead-lettered: 1 message'],
  ])('names what is wrong in %j', (more, sentence) => {
    expect(chaosViolationsOf(aReport(more), 5)).toEqual([sentence]);
  });

  it('still judges the limits', () => {
    const { legacyApi } = aReport();
    const broken = aReport({ legacyApi: { ...legacyApi, worstWindowCalls: 21, responses429: 1 } });

    expect(chaosViolationsOf(broken, 5)).toHaveLength(2);
  });
});

describe('formatChaos', () => {
  it('names the seed, so that the same chaos can be had again', () => {
    expect(formatChaos(aReport())).toContain('(seed 9)');
  });

  it('keeps its lines short when everything went wrong', () => {
    const chaos = Object.fromEntries(CHAOS_KINDS.map(({ kind }) => [kind, 10]));

    const lines = formatChaos(aReport({ chaos, lookups: 100 })).split('\n');

    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(130);
  });

  it('tells calls that were in hand from those that were a fault', () => {
    const report = aReport({ callsForDeadExecutions: 1, callsAfterTheEnd: 3 });

    expect(formatChaos(report)).toContain('1 call for dead executions (2 more in hand)');
  });
});
