import { highCopyOf } from '../../../../lambdas/core/status/high-copy.js';

const ENQUEUED_AT = '2030-01-31T12:00:00.000Z';

const MESSAGE = {
  schemaVersion: 1,
  taskToken: 'the-token',
  callId: 'call-1',
  idempotencyKey: 'key-1',
  operation: 'bookOrder',
  payload: { reference: 'order-1' },
  priority: 'BATCH',
  enqueuedAt: ENQUEUED_AT,
  execution: 'arn:aws:states:eu-west-1:123456789012:execution:call:call-1',
  state: 'Call',
};

describe('highCopyOf', () => {
  it('changes nothing but the priority', () => {
    const copy = highCopyOf(MESSAGE, 5_000);

    expect(copy.kind === 'copy' && JSON.parse(copy.body)).toEqual({ ...MESSAGE, priority: 'HIGH' });
  });

  it('reads a message that the history holds as text', () => {
    expect(highCopyOf(JSON.stringify(MESSAGE), 5_000)).toEqual(highCopyOf(MESSAGE, 5_000));
  });

  it('is safe once every slot probes the original', () => {
    const safeFromMs = Date.parse(ENQUEUED_AT) + 5_000 + 1_000;

    expect(highCopyOf(MESSAGE, 5_000)).toMatchObject({ safeFromMs });
  });

  it.each([
    ['a message that is HIGH already', { ...MESSAGE, priority: 'HIGH' }],
    ['a message that must not overtake those of its key', { ...MESSAGE, orderingKey: 'customer-7' }],
    ['a message whose token is hidden', { ...MESSAGE, taskToken: '***' }],
    ['what is not a task request', { ...MESSAGE, operation: 7 }],
    ['nothing', undefined],
  ])('refuses %s, without its token', (_, message) => {
    const refused = highCopyOf(message, 5_000);

    expect(refused.kind).toBe('refused');
    expect(JSON.stringify(refused)).not.toContain(MESSAGE.taskToken);
  });
});
