import {
  CREDENTIALS_MAX_MS,
  DEAD_LETTER_TIMEOUT_SECONDS,
  DEAD_LETTER_VISIBILITY_SECONDS,
  EVENTS_TIMEOUT_SECONDS,
  EVENTS_VISIBILITY_SECONDS,
  timingsOf,
} from '../../../../lambdas/core/config/timings.js';
import { aConfig } from '../../../support/a-config.js';

const SECRET = { secret: 'erp/token' };

describe('the times of a configuration', () => {
  it.each([
    ['credentials', { credentials: { kind: 'bearer' as const, ...SECRET } }],
    ['a certificate', { clientCertificate: SECRET }],
    [
      'both, which are fetched at once',
      { credentials: { kind: 'basic' as const, ...SECRET }, clientCertificate: SECRET },
    ],
  ])('leave time to fetch %s', (_, more) => {
    const [without, withThem] = [timingsOf(aConfig()), timingsOf(aConfig(more))];

    const fetchSeconds = CREDENTIALS_MAX_MS / 1_000;
    expect(withThem.visibilityTimeoutSeconds - without.visibilityTimeoutSeconds).toBe(fetchSeconds);
    expect(withThem.functionTimeoutSeconds - without.functionTimeoutSeconds).toBe(fetchSeconds);
  });

  it('let a call run for its timeout, its way and as long as the API may work on it', () => {
    const config = aConfig({ arrivalJitterMs: 40, serviceTimeMaxMs: 5_000 });

    expect(timingsOf(config).callRunsMaxMs).toBe(3_000 + 40 + 5_000);
  });

  it('hide what a function has in hand for six times as long as it may take', () => {
    expect(DEAD_LETTER_VISIBILITY_SECONDS).toBe(6 * DEAD_LETTER_TIMEOUT_SECONDS);
    expect(EVENTS_VISIBILITY_SECONDS).toBe(360);
    expect(EVENTS_TIMEOUT_SECONDS).toBe(60);
  });
});
