import { aMachine, aMachineOf, inner } from './support/machines.js';
import { TestService } from './support/service.js';

describe('variables', () => {
  it('become visible when the state that assigns them is left', async () => {
    const output = await new TestService().outputOf(
      aMachine({
        Set: { Type: 'Pass', Assign: { a: 1, b: 2 }, Next: 'Swap' },
        Swap: {
          Type: 'Pass',
          Assign: { a: '{% $b %}', b: '{% $a %}' },
          Output: ['{% $a %}', '{% $b %}'],
          Next: 'Show',
        },
        Show: {
          Type: 'Pass',
          Output: { then: '{% $states.input %}', now: ['{% $a %}', '{% $b %}'] },
          End: true,
        },
      }),
    );

    expect(output).toEqual({ then: [1, 2], now: [2, 1] });
  });

  it('of the outer scope are read in a branch, and those of a branch end with it', async () => {
    const branch = inner(
      aMachine({
        Set: { Type: 'Pass', Assign: { own: '{% $outer + 1 %}' }, Next: 'Get' },
        Get: { Type: 'Pass', Output: '{% $own %}', End: true },
      }),
    );
    const output = await new TestService().outputOf(
      aMachine({
        Set0: { Type: 'Pass', Assign: { outer: 1 }, Next: 'Fork' },
        Fork: { Type: 'Parallel', Branches: [branch], Next: 'Show' },
        Show: { Type: 'Pass', Output: ['{% $states.input %}', '{% $exists($own) %}'], End: true },
      }),
    );

    expect(output).toEqual([[2], false]);
  });

  it('of one Assign are limited to 256 KiB together', async () => {
    const { status, error } = await new TestService().run(
      aMachineOf({ Type: 'Pass', Assign: { big: "{% $pad('', 262144, 'x') %}" }, Output: 1 }),
    );

    expect({ status, error }).toEqual({ status: 'FAILED', error: 'States.DataLimitExceeded' });
  });
});
