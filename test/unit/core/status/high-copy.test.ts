import { highCopyOf } from '../../../../lambdas/core/status/high-copy.js';
import { aConfig } from '../../../support/a-config.js';

const ENQUEUED_AT = '2030-01-31T12:00:00.000Z';

const NOW_MS = Date.parse(ENQUEUED_AT) + 36_000_000;

const config = aConfig({ livenessAfterMs: 5_000 });

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
  it('changes nothing but the priority, and says when, because it was not late as HIGH before', () => {
    const copy = highCopyOf(MESSAGE, config, NOW_MS);

    expect(copy.kind === 'copy' && JSON.parse(copy.body)).toEqual({
      ...MESSAGE,
      ...{ priority: 'HIGH', expeditedAt: new Date(NOW_MS).toISOString() },
    });
  });

  it('reads a message that the history holds as text', () => {
    expect(highCopyOf(JSON.stringify(MESSAGE), config, NOW_MS)).toEqual(highCopyOf(MESSAGE, config, NOW_MS));
  });

  it('is safe once every slot probes the original', () => {
    const safeFromMs = Date.parse(ENQUEUED_AT) + 5_000 + 1_000;

    expect(highCopyOf(MESSAGE, config, NOW_MS)).toMatchObject({ safeFromMs });
  });

  it('keeps its tenant, whose HIGH calls nobody has counted where they have an allowance', () => {
    const message = { ...MESSAGE, tenant: 'customer-7' };
    const tenantAllowance = { calls: 5, windowSeconds: 60 };
    const counted = (priority: 'HIGH' | 'NORMAL') =>
      aConfig({ priorities: { [priority]: { tenantAllowance } } });

    expect(highCopyOf(message, counted('NORMAL'), NOW_MS)).toMatchObject({ tenant: 'customer-7' });
    expect(highCopyOf(message, counted('HIGH'), NOW_MS)).toEqual({
      kind: 'refused',
      why: 'it has a tenant, whose HIGH calls have an allowance; nobody would count this one',
    });
    expect(highCopyOf(MESSAGE, counted('HIGH'), NOW_MS).kind).toBe('copy');
  });

  it.each([
    ['a message that is HIGH already', { ...MESSAGE, priority: 'HIGH' }, 'it is HIGH already'],
    [
      'a message that must not overtake those of its key',
      { ...MESSAGE, orderingKey: 'customer-7' },
      'it has an orderingKey, and would overtake the earlier calls of its key',
    ],
    [
      'a message whose token is hidden',
      { ...MESSAGE, taskToken: '***' },
      'its history does not show the token that resumes the task',
    ],
    [
      'what is not a task request',
      { ...MESSAGE, operation: 7 },
      'its history does not show a task request of ours',
    ],
    ['nothing', undefined, 'its history does not show a task request of ours'],
  ])('refuses %s, and says why without its token', (_, message, why) => {
    expect(highCopyOf(message, config, NOW_MS)).toEqual({ kind: 'refused', why });
  });
});
