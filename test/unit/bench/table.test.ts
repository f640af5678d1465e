import type { Row } from '../../bench/row.js';
import { formatTable } from '../../bench/table.js';

const IDEAL = { p50: 50, p99: 200 };

const OURS: Row = {
  time: 'virtual',
  name: 'our worker',
  slots: 5,
  violations: 0,
  limitUsedShare: 0.937,
  highCalls: 500,
  highWaitMs: { p50: 101.4, p99: 250 },
  receivesPerCall: 1.001,
  invocationsPerCall: 0.0131,
  deadLetteredUnrun: 0,
  usdPerMillionCalls: 3.755,
};

describe('formatTable', () => {
  const cellsOf = (row: Row) =>
    formatTable([row], () => IDEAL)
      .split('\n')[2]
      ?.split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());

  it('shows every figure with its unit', () => {
    expect(cellsOf(OURS)).toEqual([
      'virtual',
      'our worker',
      '0',
      '94 %',
      '101 ms',
      '250 ms',
      '1.3 x',
      '1.00',
      '0.013',
      '0',
      '3.75',
    ]);
  });

  it('shows what a contender cannot have as a dash', () => {
    const library: Row = { time: 'real', name: 'a library', slots: 5, violations: 3 };

    expect(cellsOf(library)?.slice(2)).toEqual(['3', ...Array.from({ length: 8 }, () => '-')]);
  });

  it('says why a contender has no figures', () => {
    const missing: Row = { time: 'real', name: 'BullMQ', slots: 5, missing: 'no Redis server' };

    expect(cellsOf(missing)?.[1]).toBe('BullMQ: no Redis server');
  });

  it('names what is assumed of the pollers', () => {
    expect(cellsOf({ ...OURS, pollers: 'gives-up' })?.[1]).toBe('our worker, pollers: gives-up');
  });

  it('shows long waits in seconds, and those without an end as such', () => {
    expect(cellsOf({ ...OURS, highWaitMs: { p50: 12_345, p99: Infinity } })?.slice(4, 7)).toEqual([
      '12 s',
      'never',
      'never',
    ]);
  });

  it('lines its columns up, so that it reads as plain text', () => {
    const lines = formatTable([OURS, { ...OURS, name: 'a contender with a longer name' }], () => IDEAL).split(
      '\n',
    );

    expect(new Set(lines.map(({ length }) => length)).size).toBe(1);
  });
});
