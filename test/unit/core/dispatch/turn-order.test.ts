import { turnOrder } from '../../../../lambdas/core/dispatch/turn-order.js';

const SHARES = { HIGH: 0.5, NORMAL: 0.1, BATCH: 0.05 };

describe('turnOrder', () => {
  it.each([
    [0, ['BATCH', 'HIGH', 'NORMAL']],
    [0.049, ['BATCH', 'HIGH', 'NORMAL']],
    [0.05, ['NORMAL', 'HIGH', 'BATCH']],
    [0.149, ['NORMAL', 'HIGH', 'BATCH']],
    [0.16, ['HIGH', 'NORMAL', 'BATCH']],
    [0.999, ['HIGH', 'NORMAL', 'BATCH']],
  ])('makes of the draw %d the order %j', (draw, order) => {
    expect(turnOrder(SHARES, draw)).toEqual(order);
  });

  it('is by urgency alone where no class has a share', () => {
    expect(turnOrder({ HIGH: 0, NORMAL: 0, BATCH: 0 }, 0)).toEqual(['HIGH', 'NORMAL', 'BATCH']);
  });
});
