import { parseFile, parseLatency, parseLimits, parseMix, parseUrl } from '../../../local/cli/units.js';

describe('parseLimits', () => {
  it.each([
    ['20/1s', [{ calls: 20, windowMs: 1_000 }]],
    ['5/500ms', [{ calls: 5, windowMs: 500 }]],
    [
      '20/1s,100/1m',
      [
        { calls: 20, windowMs: 1_000 },
        { calls: 100, windowMs: 60_000 },
      ],
    ],
    ['none', []],
  ])('reads %s', (text, limits) => {
    expect(parseLimits(text)).toEqual(limits);
  });

  it.each([
    '',
    '20',
    '/1s',
    '0/1s',
    '20/0s',
    '20/1',
    '20/1d',
    '20/745h',
    '-1/1s',
    '20/1s,',
    'None',
    '1e3/1s',
  ])('refuses "%s"', (text) => {
    expect(() => parseLimits(text)).toThrow(/such as 20\/1s|such as 50ms/);
  });
});

describe('parseLatency', () => {
  it('reads a constant, or a median and a 99th percentile', () => {
    expect(parseLatency('50ms')).toEqual({ medianMs: 50, p99Ms: 50 });
    expect(parseLatency('0.3s-1.5s')).toEqual({ medianMs: 300, p99Ms: 1_500 });
  });

  it.each(['', '50', '0ms', '-5ms', '2s-1s', '1s-2s-3s', '1s-', '9s', '1s-9s'])('refuses "%s"', (text) => {
    expect(() => parseLatency(text)).toThrow(/such as 50ms/);
  });
});

describe('parseMix', () => {
  it('reads shares, of which some may be 0', () => {
    expect(parseMix('1:3:11')).toEqual({ HIGH: 1, NORMAL: 3, BATCH: 11 });
    expect(parseMix('0:0:1')).toEqual({ HIGH: 0, NORMAL: 0, BATCH: 1 });
  });

  it.each(['', '1:3', '1:3:11:2', '0:0:0', 'a:b:c', '-1:1:1', '1.5:1:1'])('refuses "%s"', (text) => {
    expect(() => parseMix(text)).toThrow('shares of HIGH:NORMAL:BATCH such as 1:3:11');
  });
});

describe('parseUrl', () => {
  it.each(['http://127.0.0.1:8080', 'https://api.example.com/v1/orders'])('takes %s', (text) => {
    expect(parseUrl(text)).toBe(text);
  });

  it.each(['', 'localhost:8080', 'ftp://example.com', 'http://example.com/?a=1', 'http://example.com/#a'])(
    'refuses "%s"',
    (text) => {
      expect(() => parseUrl(text)).toThrow('an address without query such as http://127.0.0.1:8080/orders');
    },
  );
});

describe('parseFile', () => {
  it('takes a file that need not exist in a directory that does', () => {
    expect(parseFile('report.json')).toBe('report.json');
  });

  it('refuses a file in a directory that does not exist', () => {
    expect(() => parseFile('no/such/directory/report.json')).toThrow('a file in a directory that exists');
  });
});
