import { echoRespond } from '../../../local/legacy-api/respond.js';
import { StoredResults } from '../../../local/legacy-api/stored-results.js';

const call = (idempotencyKey: string | null, path = '/orders') => ({
  atMs: 0,
  method: 'POST',
  path,
  idempotencyKey,
  bodySha256: null,
});

describe('echoRespond', () => {
  it('answers with an id, the method, the path and what it received', () => {
    const { status, body } = echoRespond()(call('order-1'), { amount: 3 });

    expect(status).toBe(200);
    expect(JSON.parse(body)).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
      method: 'POST',
      path: '/orders',
      received: { amount: 3 },
    });
  });

  it('answers a repeated key with its first result, whatever it asks the second time', () => {
    const respond = echoRespond();
    const first = respond(call('order-1'), { amount: 3 });

    expect(respond(call('order-1', '/other'), { amount: 4 })).toEqual(first);
  });

  it('gives a key the same id in whatever order calls arrive', () => {
    const alone = echoRespond()(call('order-1'), null);
    const respond = echoRespond();
    respond(call(null), null);
    respond(call('order-2'), null);

    expect(respond(call('order-1'), null)).toEqual(alone);
  });

  it('gives every call without a key an id of its own', () => {
    const respond = echoRespond();

    expect(respond(call(null), null)).not.toEqual(respond(call(null), null));
  });
});

describe('StoredResults', () => {
  it('forgets the oldest results when all together grow too large', () => {
    const results = new StoredResults(10);
    results.keep('a', '12345');
    results.keep('b', '12345');

    results.keep('c', '123456');

    expect(['a', 'b', 'c'].map((key) => results.get(key))).toEqual([undefined, undefined, '123456']);
  });
});
