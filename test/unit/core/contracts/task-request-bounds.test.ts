import { parseTaskRequest } from '../../../../lambdas/core/contracts/task-request.js';
import { aTaskRequestBody } from '../../../support/a-task-request.js';

const parse = (field: string, value: unknown) =>
  parseTaskRequest(JSON.stringify({ ...aTaskRequestBody(), [field]: value }));

const faultOf = (field: string, value: unknown) => {
  const parsed = parse(field, value);
  return parsed.kind === 'malformed' ? parsed.faults : [];
};

const AN_INSTANT = 'expected an ISO 8601 instant such as 2030-01-31T12:00:00Z but got';

describe('the bounds of a task request', () => {
  it.each([
    ['taskToken', 2_048],
    ['callId', 256],
    ['operation', 128],
    ['tenant', 128],
    ['orderingKey', 128],
    ['execution', 512],
    ['state', 128],
  ])('are for %s a text of %i characters', (field, charactersMax) => {
    expect(parse(field, 'x'.repeat(charactersMax)).kind).toBe('request');
    expect(faultOf(field, 'x'.repeat(charactersMax + 1))).toEqual([
      `${field}: expected a text of at most ${charactersMax} characters but got ${charactersMax + 1}`,
    ]);
  });

  it('are for an idempotency key 1 to 256 visible characters', () => {
    expect(parse('idempotencyKey', '!'.repeat(256)).kind).toBe('request');
    expect(parse('idempotencyKey', '~').kind).toBe('request');
    expect(faultOf('idempotencyKey', '!'.repeat(257))).toHaveLength(1);
    expect(faultOf('idempotencyKey', 'two words')).toEqual([
      'idempotencyKey: expected a text of 1 to 256 visible ASCII characters but got "two words"',
    ]);
  });

  it.each([
    ['attempt', 1.5, 'attempt: expected a whole number but got 1.5'],
    ['attempt', -1, 'attempt: expected a number from 0 but got -1'],
    ['deadline', 'soon', `deadline: ${AN_INSTANT} "soon"`],
  ])('are named where %s is %j', (field, value, fault) => {
    expect(faultOf(field, value)).toEqual([fault]);
  });

  it.each(['2030-01-31T12:00Z', '2030-01-31T12:00:00.5Z', '2030-01-31T12:00:00-11:30'])(
    'hold the instant %s',
    (value) => {
      expect(parse('deadline', value)).toMatchObject({ request: { deadline: Date.parse(value) } });
    },
  );

  it.each([
    '+002030-01-31T12:00:00Z',
    '2030-01-31T12:00:00Z ',
    '2030-01-31T12:00:00Z (noon)',
    '2030-01-31 12:00:00Z',
    'Thu 2030-01-31T12:00:00Z',
    '2030-01-31T12:00:00+0200',
    '2030-13-31T12:00:00Z',
    '2030-01-31T12:00:00.Z',
  ])('do not hold the instant %j', (value) => {
    expect(faultOf('deadline', value)).toHaveLength(1);
  });

  it('make of a request a call, unless it asks to look one up', () => {
    const parsed = parseTaskRequest(JSON.stringify(aTaskRequestBody()));

    expect(parsed).toMatchObject({ request: { lookup: false } });
    expect(parse('lookup', true)).toMatchObject({ request: { lookup: true } });
  });
});
