import { systemTimers } from '../../local/aws/step-functions/timers.js';

describe('systemTimers', () => {
  const realSetTimeout = globalThis.setTimeout;
  const delays: number[] = [];

  beforeAll(() => {
    const atOnce = (run: () => void, delayMs: number) => {
      delays.push(delayMs);
      return realSetTimeout(run, 0);
    };
    globalThis.setTimeout = atOnce as unknown as typeof setTimeout;
  });

  afterAll(() => {
    globalThis.setTimeout = realSetTimeout;
  });

  it('waits out delays beyond the 24.8 days that Node keeps', async () => {
    const nodeDelayMaxMs = 2 ** 31 - 1;

    await new Promise<void>((resolve) => systemTimers.after(nodeDelayMaxMs + 5, resolve));

    expect(delays).toEqual([nodeDelayMaxMs, 5]);
  });
});
