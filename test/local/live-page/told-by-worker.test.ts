import { isDetail, toldBy } from '../../../local/live-page/told-by-worker.js';

describe('what the worker tells', () => {
  it.each(['', 'warming up', '{"_aws":{"Timestamp":1}}', '{"level":"INFO", broken', '{"level":"INFO"'])(
    'is nothing in the line %j',
    (line) => {
      expect(toldBy(line)).toBeUndefined();
    },
  );

  it('leaves out what is no field of the page', () => {
    const told = toldBy('{"level":"INFO","message":"callEnded","taskToken":"secret","priority":"URGENT"}');

    expect(JSON.stringify(told)).not.toContain('secret');
    expect(told?.priority).toBeUndefined();
  });

  it('is a detail where only a page that watches wants it', () => {
    expect(isDetail('{"level":"DEBUG","message":"callStarted"}')).toBe(true);
    expect(isDetail('{"level":"INFO","message":"callEnded"}')).toBe(false);
  });
});
