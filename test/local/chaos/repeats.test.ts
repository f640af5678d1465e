import { blindRepeatsOf } from '../../../local/chaos/repeats.js';
import { anEntry, anIdleEntry } from './book.js';

const lookup = { kind: 'lookup', operation: 'GET /charges' } as const;
const lost = anEntry({ told: 'none', toldAtMs: undefined });
const later = anEntry({ atMs: 1_000, toldAtMs: 1_050 });

describe('blindRepeatsOf', () => {
  it.each([
    ['a single call', [lost]],
    ['a call after 429', [anIdleEntry('throttled'), later]],
    ['a call after a refusal', [anIdleEntry('rejected'), later]],
    [
      'a call after a lookup that found nothing',
      [anIdleEntry('none'), anIdleEntry('notFound', { ...lookup, atMs: 500, toldAtMs: 550 }), later],
    ],
  ])('accepts %s', (_what, entries) => {
    expect(blindRepeatsOf(entries)).toEqual([]);
  });

  it.each([
    ['a call that was committed', [anEntry()]],
    ['a call that was lost', [lost]],
    ['a call that was lost before anything was done', [anIdleEntry('none')]],
    ['a call that failed', [anIdleEntry('failed')]],
    [
      'a lookup that failed itself',
      [anIdleEntry('none'), anIdleEntry('failed', { ...lookup, atMs: 500, toldAtMs: 550 })],
    ],
    ['a lookup that found it', [lost, anIdleEntry('result', { ...lookup, atMs: 500, toldAtMs: 550 })]],
    [
      'a lookup that is told too late',
      [anIdleEntry('none'), anIdleEntry('notFound', { ...lookup, atMs: 999, toldAtMs: 1_001 })],
    ],
    [
      'a lookup that found nothing before the call was committed',
      [lost, anIdleEntry('notFound', { ...lookup, atMs: 500, toldAtMs: 550 })],
    ],
  ])('counts a call after %s', (_what, entries) => {
    expect(blindRepeatsOf([...entries, later])).toEqual([later]);
  });

  it('counts every repeat', () => {
    const third = anEntry({ atMs: 2_000 });

    expect(blindRepeatsOf([lost, later, third])).toEqual([later, third]);
  });
});
