import type { StatusChange } from '../../../local/aws/step-functions/status-change.js';
import type { LegacyApiFigures } from '../../../local/legacy-api/figures.js';
import { formatReport, type Report, reportOf, violationsOf } from '../../../local/load/report.js';
import { RunRecord } from '../../../local/load/run-record.js';

const figures: LegacyApiFigures = {
  calls: 100,
  maxInFlight: 5,
  worstWindowCalls: 20,
  limitCalls: 20,
  limitWindowMs: 1_000,
  responses429: 0,
  repeatedKeys: 0,
  firstStartMs: 1_000,
  lastStartMs: 5_750,
};

/** Executions of one class that waited so long each; those without a wait never reached the legacy API. */
function aRecord(waitsMs: readonly (number | undefined)[]): RunRecord {
  const record = new RunRecord();
  waitsMs.forEach((waitMs, index) => {
    const name = `high-${index}`;
    record.starting(name, 'HIGH');
    const startedAtMs = record.executions.get(name)?.startedAtMs ?? 0;
    if (waitMs !== undefined) record.called(name, startedAtMs + waitMs);
  });
  return record;
}

const ending = (name: string, status: StatusChange['status']) =>
  ({ name, status, output: null, error: null, cause: null }) as StatusChange;

function aReport(more: Partial<Parameters<typeof reportOf>[0]> = {}): Report {
  return reportOf({
    slots: 5,
    record: aRecord([]),
    legacyApi: figures,
    queues: { receives: 100, deadLettered: 0 },
    worker: { invocations: 5, throttles: 0 },
    ...more,
  });
}

describe('reportOf', () => {
  it('takes percentiles of the waits by nearest rank', () => {
    const waitsMs = Array.from({ length: 200 }, (_, index) => 200 - index);

    const { HIGH, NORMAL } = aReport({ record: aRecord(waitsMs) }).byPriority;

    expect(HIGH).toEqual({ count: 200, waitMsP50: 100, waitMsP99: 198, waitMsMax: 200 });
    expect(NORMAL).toEqual({ count: 0, waitMsP50: null, waitMsP99: null, waitMsMax: null });
  });

  it('counts executions that were never called for, but not as waits', () => {
    const { HIGH } = aReport({ record: aRecord([undefined, 7]) }).byPriority;

    expect(HIGH).toEqual({ count: 2, waitMsP50: 7, waitMsP99: 7, waitMsMax: 7 });
  });

  it('counts only the first call of an execution for its wait', () => {
    const record = aRecord([10]);
    record.called('high-0', (record.executions.get('high-0')?.startedAtMs ?? 0) + 500);

    expect(aReport({ record }).byPriority.HIGH.waitMsMax).toBe(10);
  });

  it('tells succeeded, failed and open executions apart', () => {
    const record = aRecord([1, 2, 3, 4]);
    record.statusChanged(ending('high-0', 'SUCCEEDED'));
    record.statusChanged(ending('high-1', 'FAILED'));
    record.statusChanged(ending('high-2', 'TIMED_OUT'));
    record.statusChanged(ending('somebody-elses', 'FAILED'));

    expect(aReport({ record }).executions).toEqual({ started: 4, succeeded: 1, failed: 2, open: 1 });
  });

  it('relates the calls to those that the limit had room for', () => {
    const { limitUsedShare } = aReport();

    expect(limitUsedShare).toBe(1);
  });

  it('allows all of a quota at once', () => {
    const quota = { ...figures, calls: 150, limitCalls: 120, limitWindowMs: 360_000 };
    const spentTwice = { ...quota, firstStartMs: 0, lastStartMs: 360_000 };

    expect(aReport({ legacyApi: spentTwice }).limitUsedShare).toBe(150 / 240);
  });

  it('knows no share of a limit that does not exist', () => {
    const unlimited = { ...figures, limitCalls: null, limitWindowMs: null, worstWindowCalls: null };

    expect(aReport({ legacyApi: unlimited }).limitUsedShare).toBeNull();
  });
});

describe('violationsOf', () => {
  const flawless = aReport();

  it('finds none in a run without fault', () => {
    expect(violationsOf(flawless, 5)).toEqual([]);
  });

  it.each<readonly [string, Partial<Report>, string]>([
    ['open executions', { executions: { ...flawless.executions, open: 2 } }, '2 executions did not end'],
    [
      '429 answers',
      { legacyApi: { ...flawless.legacyApi, responses429: 4 } },
      'the legacy API answered 429 to 4 calls',
    ],
    [
      'a call too many in flight',
      { legacyApi: { ...flawless.legacyApi, maxInFlight: 6 } },
      '6 calls were in flight at once, allowed are 5',
    ],
    [
      'a call too many in a window',
      { legacyApi: { ...flawless.legacyApi, worstWindowCalls: 21 } },
      '21 calls started in one window, allowed are 20',
    ],
    ['dead letters', { queues: { receives: 9, deadLettered: 1 } }, 'dead-lettered: 1 message'],
  ])('names %s', (_what, more, sentence) => {
    expect(violationsOf({ ...flawless, ...more }, 5)).toEqual([sentence]);
  });
});

describe('formatReport', () => {
  it('tells one of a kind as one', () => {
    const one = aReport({
      legacyApi: { ...figures, calls: 1, limitCalls: 1 },
      queues: { receives: 1, deadLettered: 0 },
      worker: { invocations: 1, throttles: 0 },
    });

    const text = formatReport(one);

    expect(text).toMatch(/ 1 call, .* of 1 call per /);
    expect(text).toMatch(/ 1 receive, [^]* 1 invocation, /);
  });

  it('fits on a screen', () => {
    const lines = formatReport(aReport({ record: aRecord([1, 2, 3]) })).split('\n');

    expect(lines.length).toBeLessThan(20);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(120);
  });

  it('shows a dash for what is not known', () => {
    const unlimited = { ...figures, limitCalls: null, limitWindowMs: null, worstWindowCalls: null };

    const text = formatReport(aReport({ legacyApi: unlimited }));

    expect(text).toContain('no rate limit');
    expect(text).toMatch(/^Limit used +-$/m);
    expect(text).toMatch(/^ +BATCH +0 +- +- +-$/m);
  });
});
