import { aMachine } from './support/machines.js';
import { TestService } from './support/service.js';

const machine = aMachine({
  Choose: {
    Type: 'Choice',
    Choices: [
      {
        Condition: "{% $states.input.priority = 'HIGH' %}",
        Next: 'Done',
        Output: 'high',
        Assign: { rule: 1 },
      },
      { Condition: '{% $exists($states.input.priority) %}', Next: 'Done', Output: 'other' },
    ],
    Output: 'none',
    Assign: { rule: 0 },
    Default: 'Done',
  },
  Done: {
    Type: 'Succeed',
    Output: { chosen: '{% $states.input %}', rule: '{% $exists($rule) ? $rule : null %}' },
  },
});

describe('a Choice state', () => {
  it.each([
    [{ priority: 'HIGH' }, { chosen: 'high', rule: 1 }],
    [{ priority: 'BATCH' }, { chosen: 'other', rule: null }],
    [{}, { chosen: 'none', rule: 0 }],
  ])('leaves by the first rule that holds, else by its default: %j', async (input, expected) => {
    const output = await new TestService().outputOf(machine, input);

    expect(output).toEqual(expected);
  });

  it('fails with States.NoChoiceMatched if no rule holds and it has no default', async () => {
    const { status, error } = await new TestService().run(
      aMachine({
        Choose: { Type: 'Choice', Choices: [{ Condition: false, Next: 'Done' }] },
        Done: { Type: 'Succeed' },
      }),
    );

    expect({ status, error }).toEqual({ status: 'FAILED', error: 'States.NoChoiceMatched' });
  });

  it('fails if a condition is not true or false', async () => {
    const { error, cause } = await new TestService().run(
      aMachine({
        Choose: { Type: 'Choice', Choices: [{ Condition: '{% 1 %}', Next: 'Done' }] },
        Done: { Type: 'Succeed' },
      }),
    );

    expect(error).toBe('States.QueryEvaluationError');
    expect(cause).toContain("Expected 'boolean', but was 'number'");
  });
});
