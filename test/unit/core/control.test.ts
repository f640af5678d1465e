import { OPEN_CONTROL, servedPriorities } from '../../../lambdas/core/control.js';
import type { Priority } from '../../../lambdas/core/contracts/priority.js';
import { OPEN_GATE } from '../../../lambdas/core/gate/gate.js';

describe('servedPriorities', () => {
  it.each<[Priority[], Priority[]]>([
    [[], ['HIGH', 'NORMAL', 'BATCH']],
    [['NORMAL'], ['HIGH', 'BATCH']],
    [['BATCH', 'HIGH'], ['NORMAL']],
    [['HIGH', 'NORMAL', 'BATCH'], []],
  ])('leaves out what is paused (%j), most urgent first', (paused, served) => {
    expect(servedPriorities({ ...OPEN_CONTROL, paused })).toEqual(served);
  });
});

describe('OPEN_CONTROL', () => {
  it('stops nothing and changes no limit', () => {
    expect(OPEN_CONTROL).toEqual({ limits: undefined, paused: [], ...OPEN_GATE });
  });
});
