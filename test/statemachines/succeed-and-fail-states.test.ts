import { aMachine } from './support/machines.js';
import { TestService } from './support/service.js';

describe('a Succeed state', () => {
  it('ends the execution with its Output', async () => {
    const output = await new TestService().outputOf(
      aMachine({ Done: { Type: 'Succeed', Output: '{% $states.input.a %}' } }),
      { a: null },
    );

    expect(output).toBeNull();
  });
});

describe('a Fail state', () => {
  it('ends the execution with its Error and Cause', async () => {
    const { status, error, cause, output } = await new TestService().run(
      aMachine({
        Stop: { Type: 'Fail', Error: 'Order.Refused', Cause: "{% 'order ' & $states.input.id %}" },
      }),
      { id: '7' },
    );

    expect({ status, error, cause, output }).toEqual({
      status: 'FAILED',
      error: 'Order.Refused',
      cause: 'order 7',
      output: undefined,
    });
  });

  it('may leave out both', async () => {
    const description = await new TestService().run(aMachine({ Stop: { Type: 'Fail' } }));

    expect(description.status).toBe('FAILED');
    expect(description).not.toHaveProperty('error');
  });
});
