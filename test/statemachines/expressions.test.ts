import { aMachineOf } from './support/machines.js';
import { TestService } from './support/service.js';

const outputOf = (output: unknown, input: unknown = {}) =>
  new TestService().outputOf(aMachineOf({ Type: 'Pass', Output: output }), input);

const failureOf = (output: unknown, input: unknown = {}) =>
  new TestService().run(aMachineOf({ Type: 'Pass', Output: output }), input);

describe('an expression', () => {
  it('is a string that starts with {% and ends with %}, and no other', async () => {
    const literals = [' {% 1 %}', '{% 1 %} ', '{%}', '$states.input', '{{ 1 }}', '{% 1'];

    expect(await outputOf([...literals, '{% 1 %}', '{%2%}'])).toEqual([...literals, 1, 2]);
  });

  it.each([
    ['nothing', '{% $states.input.missing %}', 'returned nothing (undefined)'],
    ['a function', '{% function($x) { $x } %}', 'returned an unsupported result type'],
    ['a function in an array', '{% [1, function($x) { $x }] %}', 'returned an unsupported result type'],
    ['an infinite number', '{% 1 / 0 %}', 'returned an unsupported result type'],
    ['an error', "{% $sum('a') %}", 'threw an error during evaluation. T0412'],
    [
      'an unknown function',
      '{% $nothing() %}',
      'threw an error during evaluation. T1006: Attempted to invoke a non-function',
    ],
  ])('fails the state if it yields %s', async (_, expression, reason) => {
    const { status, error, cause } = await failureOf({ field: expression });

    expect({ status, error }).toEqual({ status: 'FAILED', error: 'States.QueryEvaluationError' });
    expect(cause).toContain(
      "An error occurred while executing the state 'Only' (entered at the event id #2).",
    );
    expect(cause).toContain(`specified for the field 'Output/field' ${reason}`);
  });

  it('keeps an array of one an array when a later state reads it', async () => {
    const input = { items: [{ id: 1, big: true }] };

    expect(await outputOf('{% $states.input.items[big][] %}', input)).toEqual([{ id: 1, big: true }]);
  });

  it('is stopped after a second', async () => {
    const { error, cause } = await failureOf('{% ($loop := function($n) { $loop($n + 1) }; $loop(0)) %}');

    expect(error).toBe('States.QueryEvaluationError');
    expect(cause).toContain('took longer than 1000 ms');
  });

  it('sees the clock of the stand-in', async () => {
    const output = await outputOf(['{% $millis() %}', '{% $now() %}', "{% $now('[Y0001]-[M01]') %}"]);

    expect(output).toEqual([Date.parse('2026-01-31T12:00:00Z'), '2026-01-31T12:00:00.000Z', '2026-01']);
  });
});

describe('the functions that Step Functions adds', () => {
  it.each([
    ['{% $partition([1, 2, 3, 4, 5], 2) %}', [[1, 2], [3, 4], [5]]],
    ['{% $range(0, 10, 5) %}', [0, 5, 10]],
    ['{% $range(3, 1, -1) %}', [3, 2, 1]],
    ["{% $hash('abc', 'SHA-1') %}", 'a9993e364706816aba3e25717850c26c9cd0d89d'],
    ["{% $hash('abc', 'MD5') %}", '900150983cd24fb0d6963f7d28e17f72'],
    ['{% $parse(\'{"a": [1, null]}\') %}', { a: [1, null] }],
    ['{% $random(7) = $random(7) %}', true],
    ['{% $random() < 1 and $random() != $random() %}', true],
  ])('evaluate %s', async (expression, expected) => {
    expect(await outputOf({ value: expression })).toEqual({ value: expected });
  });

  it('make version 4 UUIDs, a new one at each call', async () => {
    const [one, two] = (await outputOf(['{% $uuid() %}', '{% $uuid() %}'])) as readonly string[];

    expect(one).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(one).not.toBe(two);
  });

  it.each([
    "{% $hash('abc', 'CRC') %}",
    '{% $range(0, 5000, 1) %}',
    '{% $range(0, 1, 0) %}',
    "{% $parse('{') %}",
  ])('refuse what AWS refuses: %s', async (expression) => {
    expect((await failureOf(expression)).error).toBe('States.QueryEvaluationError');
  });
});
