import { withOverflow } from '../../../../lambdas/core/status/queue-contents.js';

describe('what a class holds', () => {
  it('is in its queue and in its overflow, and tells what waits beyond its allowance', () => {
    const contents = withOverflow({ waiting: 3, inFlight: 1 }, { waiting: 40, inFlight: 2 });

    expect(contents).toEqual({ waiting: 43, inFlight: 3, waitingBeyond: 40 });
  });

  it('is in its queue alone where it has no allowance', () => {
    expect(withOverflow({ waiting: 3, inFlight: 1 }, undefined)).toEqual({ waiting: 3, inFlight: 1 });
  });
});
