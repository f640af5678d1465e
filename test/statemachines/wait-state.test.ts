import { aMachineOf } from './support/machines.js';
import { TestService } from './support/service.js';

describe('a Wait state', () => {
  it.each([
    ['Seconds', { Seconds: 90 }],
    ['Seconds as an expression', { Seconds: '{% 60 + 30 %}' }],
    ['Timestamp', { Timestamp: '2026-01-31T12:01:30Z' }],
    ['Timestamp with an offset', { Timestamp: "{% '2026-01-31T13:01:30.000+01:00' %}" }],
  ])('ends exactly when its %s says', async (_, until) => {
    const service = new TestService();
    const arn = await service.start(aMachineOf({ Type: 'Wait', ...until }));

    await service.timers.advance(89_999);
    const before = await service.describe(arn);
    await service.timers.advance(1);
    const after = await service.describe(arn);

    expect([before.status, after.status]).toEqual(['RUNNING', 'SUCCEEDED']);
  });

  it('does not wait for a time that has passed', async () => {
    const { status } = await new TestService().run(
      aMachineOf({ Type: 'Wait', Timestamp: '2020-01-01T00:00:00Z' }),
    );

    expect(status).toBe('SUCCEEDED');
  });

  it.each(["{% '2026-01-31T12:00:00' %}", "{% '2026-13-31T12:00:00Z' %}"])(
    'fails on a timestamp that AWS does not take: %s',
    async (timestamp) => {
      const { error, cause } = await new TestService().run(
        aMachineOf({ Type: 'Wait', Timestamp: timestamp }),
      );

      expect(error).toBe('States.QueryEvaluationError');
      expect(cause).toContain('cannot be parsed as an ISO-8601 extended offset date-time');
    },
  );
});
