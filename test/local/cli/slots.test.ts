import { readOptions } from '../../../local/cli/options.js';

describe('the slots of a local run', () => {
  it.each([
    [[], 5],
    [['--limit', '3/1s'], 3],
    [['--limit', '20/1s,2/5m,1/1h'], 2],
    [['--limit', 'none'], 5],
    [['--limit', '3/1s', '--concurrency', '1'], 1],
    [['--limit', '30/1s', '--concurrency', '30'], 30],
    [['--api', 'legacy-api', '--limit', '3/1s'], 3],
  ])('with %j are as many as asked for, or as each have a call in every window', (argv, slots) => {
    expect(readOptions('start', argv).concurrency).toBe(slots);
  });
});
