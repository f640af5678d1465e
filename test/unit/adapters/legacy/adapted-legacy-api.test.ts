import type { LegacyAdapter } from '../../../../lambdas/adapters/legacy/adapter.js';
import { recordedCall } from '../../../support/a-recording-transport.js';
import { answered } from '../../../support/scripted-legacy-api.js';

const plain: LegacyAdapter = {
  toWire: () => ({ method: 'POST', path: '/x', headers: {}, body: 'text' }),
  fromWire: (answer) => answer,
};

const through = (more: Partial<LegacyAdapter>, answer = answered(200)) =>
  recordedCall({
    payload: 'the-secret',
    answer,
    operation: { adapter: 'acme' },
    parts: { custom: { acme: { ...plain, ...more } } },
  });

const failing = () => {
  throw new TypeError('cannot take the-secret');
};

describe('an adapter', () => {
  it('writes method, path, headers and body; the rest is added', async () => {
    const { wires } = await through({
      toWire: () => ({ method: 'PUT', path: '/x?y=1', headers: { 'x-a': 'b' }, body: 'é' }),
    });

    expect(wires).toEqual([
      {
        url: new URL('https://erp.example.com/api/x?y=1'),
        method: 'PUT',
        headers: { 'x-a': 'b', 'idempotency-key': 'key-1', 'content-length': '2' },
        body: 'é',
      },
    ]);
  });

  it.each<[string, LegacyAdapter['toWire'], string]>([
    ['throws', failing, 'TypeError'],
    ['rejects', () => Promise.reject(new RangeError('the-secret')), 'RangeError'],
    ['leads to another host', () => ({ ...request, path: '@evil.example.com/' }), 'TypeError'],
    ['leads to another port', () => ({ ...request, path: ':8443/' }), 'TypeError'],
    [
      'writes a header that ends early',
      () => ({ ...request, headers: { a: 'b\r\nc: d' } }),
      'ERR_INVALID_CHAR',
    ],
    [
      'writes a header without a name',
      () => ({ ...request, headers: { '': 'b' } }),
      'ERR_INVALID_HTTP_TOKEN',
    ],
  ])('that %s costs its task before anything is sent', async (_what, toWire, name) => {
    const { wires, faults } = await recordedCall({
      payload: 'the-secret',
      baseUrl: 'https://erp.example.com',
      operation: { adapter: 'acme' },
      parts: { custom: { acme: { ...plain, toWire } } },
    });

    expect(faults).toEqual([`payload: the request cannot be written (${name})`]);
    expect(wires).toEqual([]);
  });

  it('that says what is wrong with a payload has it told', async () => {
    const { faults } = await through({ toWire: () => ({ faults: ['payload.id: missing'] }) });

    expect(faults).toEqual(['payload.id: missing']);
  });

  it('that throws over an answer leaves it unread, with its status', async () => {
    const { exchange } = await through({ fromWire: failing }, answered(503, { retryAfter: '7' }));

    expect(exchange).toEqual({
      kind: 'unreadable',
      status: 503,
      retryAfter: '7',
      reason: 'an answer that the adapter cannot read (TypeError)',
    });
  });

  it.each([
    { kind: 'lost', reason: 'ECONNRESET' } as const,
    { kind: 'notSent', reason: 'ECONNREFUSED' } as const,
    { kind: 'tooLarge', status: 200, retryAfter: undefined } as const,
  ])('is not asked about what is no whole answer: %j', async (exchange) => {
    expect((await through({ fromWire: failing }, exchange)).exchange).toEqual(exchange);
  });
});

const request = { method: 'POST', path: '/x', headers: {}, body: 'text' };

describe('a payload that cannot be written', () => {
  it('costs its task, and nothing is sent', async () => {
    const bottomless: unknown = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000));

    const { wires, faults } = await recordedCall({ payload: bottomless });

    expect(faults).toEqual(['payload: the request cannot be written (RangeError)']);
    expect(wires).toEqual([]);
  });
});
