import { startLegacyApiForwarder } from '../../../local/legacy-api/legacy-api-forwarder.js';
import type { JudgedApi } from '../../../local/legacy-api/judged-api.js';
import { listenHttp } from '../../../local/legacy-api/http-listener.js';
import { send } from './send.js';

describe('startLegacyApiForwarder before an API that is not there', () => {
  const headers = { 'idempotency-key': 'order-1' };
  let forwarder: JudgedApi;

  beforeAll(async () => {
    const gone = await listenHttp(0, () => undefined);
    await gone.stop();
    forwarder = await startLegacyApiForwarder({ upstreamUrl: gone.url, limits: [] });
  });

  afterAll(() => forwarder.stop());

  it('answers 503 with the reason and when to come again, which proves that nothing was done', async () => {
    const answers = [await send(forwarder.url, { headers }), await send(forwarder.url, { headers })];

    expect(answers.map(({ status }) => status)).toEqual([503, 503]);
    expect(answers[0]?.headers).toMatchObject({ 'retry-after': '1' });
    expect(JSON.parse(answers[0]?.body ?? '')).toEqual({
      error: 'ServiceUnavailable',
      message: expect.stringMatching(
        /^the upstream cannot be reached: connect ECONNREFUSED 127\.0\.0\.1:/,
      ) as string,
    });
    expect(forwarder.figures()).toMatchObject({ calls: 2, maxInFlight: 1, repeatedKeys: 0 });
    expect(forwarder.calls()).toEqual([]);
  });

  it('refuses a URL that is not http or https', async () => {
    await expect(startLegacyApiForwarder({ upstreamUrl: 'ftp://legacy', limits: [] })).rejects.toThrow(
      "the legacy API's URL is invalid: 'ftp://legacy', allowed are http and https URLs",
    );
  });
});
