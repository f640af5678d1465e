import { aMachine, aMachineOf } from './support/machines.js';
import { TestService } from './support/service.js';

describe('a Pass state', () => {
  it('hands on its input unchanged', async () => {
    const output = await new TestService().outputOf(aMachineOf({ Type: 'Pass' }), { a: [1] });

    expect(output).toEqual({ a: [1] });
  });

  it('replaces its input by its Output', async () => {
    const output = await new TestService().outputOf(
      aMachine({
        First: {
          Type: 'Pass',
          Output: { sum: '{% $states.input.a + 1 %}', kept: ['x', '{% $states.input.a %}'] },
          Next: 'Last',
        },
        Last: { Type: 'Pass', End: true },
      }),
      { a: 1 },
    );

    expect(output).toEqual({ sum: 2, kept: ['x', 1] });
  });
});
