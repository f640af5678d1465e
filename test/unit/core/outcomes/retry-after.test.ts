import { retryAfterMs } from '../../../../lambdas/core/outcomes/retry-after.js';
import { START_MS } from '../../../support/virtual-clock.js';

describe('retryAfterMs', () => {
  it.each([
    ['0', 0],
    ['120', 120_000],
    [' 5 ', 5_000],
    ['9999999999', 9_999_999_999_000],
    ['9'.repeat(400), Number.MAX_SAFE_INTEGER],
  ])('reads the seconds in %j', (header, ms) => {
    expect(retryAfterMs(header, START_MS)).toBe(ms);
  });

  it.each([
    'Thu, 31 Jan 2030 12:02:00 GMT',
    'Thursday, 31-Jan-30 12:02:00 GMT',
    'Thu Jan 31 12:02:00 2030',
    ' thu, 31 jan 2030 12:02:00 GMT ',
  ])('reads the HTTP date in %j', (header) => {
    expect(retryAfterMs(header, START_MS)).toBe(120_000);
  });

  it('asks for no wait when the date has passed', () => {
    expect(retryAfterMs('Thu, 31 Jan 2030 11:00:00 GMT', START_MS)).toBe(0);
  });

  it.each([
    undefined,
    '',
    'soon',
    '-1',
    '1.5',
    '2030-01-31',
    '2030-01-31T12:02:00Z',
    'Soon, 1',
    'Thu, 99 Jan 2030 12:02:00 GMT',
    'Thu, 31 Xyz 2030 12:02:00 GMT',
    'Thu, 31 Jan 2030',
  ])('knows no time in %j', (header) => {
    expect(retryAfterMs(header, START_MS)).toBeUndefined();
  });
});
