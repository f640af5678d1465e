import type { Exchange } from '../../../../lambdas/core/outcomes/exchange.js';
import { recordedCall, wireOf } from '../../../support/a-recording-transport.js';
import { answered } from '../../../support/scripted-legacy-api.js';

describe('a call in JSON over HTTP', () => {
  it('sends the payload as the JSON body', async () => {
    const { url, method, headers, body } = await wireOf({ name: 'Zoë' });

    expect(url.href).toBe('https://erp.example.com/api/orders');
    expect(method).toBe('POST');
    expect(body).toBe('{"name":"Zoë"}');
    expect(headers).toEqual({
      accept: 'application/json',
      'idempotency-key': 'key-1',
      'content-type': 'application/json',
      'content-length': '15',
    });
  });

  it.each([
    [0, '0'],
    ['', '""'],
    [[1], '[1]'],
  ])('sends the payload %j as %s', async (payload, body) => {
    expect((await wireOf(payload)).body).toBe(body);
  });

  it.each([null, undefined])('sends no body for the payload %j', async (payload) => {
    const { body, headers } = await wireOf(payload);

    expect(body).toBeUndefined();
    expect(headers).toEqual({
      accept: 'application/json',
      'idempotency-key': 'key-1',
      'content-length': '0',
    });
  });

  it('sends the payload of a GET as the query, and no body', async () => {
    const payload = { id: 'a b&c', page: 2, tags: ['x', 'y'], deep: { er: null }, none: null };

    const { url, body, headers } = await wireOf(payload, { method: 'GET' });

    expect(Object.fromEntries(url.searchParams)).toEqual({
      id: 'a b&c',
      page: '2',
      tags: '["x","y"]',
      deep: '{"er":null}',
      none: 'null',
    });
    expect(body).toBeUndefined();
    expect(headers).toEqual({ accept: 'application/json', 'idempotency-key': 'key-1' });
  });

  it.each([null, 7, 'text', undefined])('sends no query for a GET with the payload %j', async (payload) => {
    expect((await wireOf(payload, { method: 'GET' })).url.search).toBe('');
  });

  it('keeps the query of a path', async () => {
    const { url } = await wireOf({ id: 7 }, { method: 'GET', path: '/orders?version=2' });

    expect(url.search).toBe('?version=2&id=7');
  });

  it.each([
    ['https://erp.example.com/api', '', 'https://erp.example.com/api'],
    ['https://erp.example.com/api/', '/orders', 'https://erp.example.com/api/orders'],
    ['https://erp.example.com', '/orders', 'https://erp.example.com/orders'],
  ])('joins %s and %j', async (baseUrl, path, href) => {
    expect((await wireOf({}, { path }, baseUrl)).url.href).toBe(href);
  });
});

describe('the path of an operation', () => {
  it.each<[string, unknown, string]>([
    ['/orders/{id}', { id: 7 }, '/api/orders/7'],
    ['/orders/{id}', { id: 'a/b?c#d é' }, '/api/orders/a%2Fb%3Fc%23d%20%C3%A9'],
    ['/c/{customer.id}/o/{id}', { id: true, customer: { id: 'x' } }, '/api/c/x/o/true'],
    ['/orders?id={id}', { id: '&a=b' }, '/api/orders?id=%26a%3Db'],
    ['/files/{name}.xml', { name: '..' }, '/api/files/...xml'],
  ])('%s is filled from %j', async (path, payload, href) => {
    const { url } = await wireOf(payload, { path });

    expect(url.pathname + url.search).toBe(href);
  });

  it.each<[string, unknown, string]>([
    ['/orders/{id}', {}, 'payload.id: missing; the operation needs it'],
    ['/orders/{id}', { id: null }, 'payload.id: missing; the operation needs it'],
    ['/orders/{id}', null, 'payload.id: missing; the operation needs it'],
    ['/orders/{toString}', {}, 'payload.toString: missing; the operation needs it'],
    ['/orders/{id.x}', { id: 'secret' }, 'payload.id.x: missing; the operation needs it'],
    [
      '/orders/{id}',
      { id: '' },
      'payload.id: expected a text, a number or a flag that fits where the operation puts it',
    ],
    [
      '/orders/{id}',
      { id: ['secret'] },
      'payload.id: expected a text, a number or a flag that fits where the operation puts it',
    ],
    [
      '/orders/{id}',
      { id: '\ud800' },
      'payload.id: expected a text, a number or a flag that fits where the operation puts it',
    ],
    ['/orders/{id}', { id: '..' }, 'payload: a value that fills the path is . or .., which leads elsewhere'],
    [
      '/orders/{id}/lines',
      { id: '.' },
      'payload: a value that fills the path is . or .., which leads elsewhere',
    ],
    [
      '/orders/.{id}?x=1',
      { id: '.' },
      'payload: a value that fills the path is . or .., which leads elsewhere',
    ],
  ])('%s is not filled from %j', async (path, payload, fault) => {
    const { wires, faults } = await recordedCall({ payload, operation: { path, method: 'DELETE' } });

    expect(faults).toEqual([fault]);
    expect(wires).toEqual([]);
  });

  it('takes its fields from the query that a GET is given by itself', async () => {
    const payload = { id: 7, page: 2, customer: { id: 1 } };

    const { url } = await wireOf(payload, { method: 'GET', path: '/{customer.id}/{id}' });

    expect(url.pathname + url.search).toBe('/api/1/7?page=2');
  });
});

describe('the query of an operation', () => {
  const query = { channel: 'web', page: '{page}', tag: '{tags}', filter: 'id:{id}' };

  it('is filled from the payload, with its lists item by item, and nothing else of it', async () => {
    const { url } = await wireOf({ page: 2, tags: ['a b', 1], id: 7, other: 1 }, { method: 'GET', query });

    expect(url.search).toBe('?channel=web&page=2&tag=a+b&tag=1&filter=id%3A7');
  });

  it('leaves out what is absent, unless it is a part of a text', async () => {
    const { faults } = await recordedCall({ payload: {}, operation: { method: 'GET', query } });
    const { url } = await wireOf({ id: 7, page: null }, { method: 'GET', query });

    expect(faults).toEqual(['payload.id: missing; the operation needs it']);
    expect(url.search).toBe('?channel=web&filter=id%3A7');
  });

  it('stands beside a body', async () => {
    const { url, body } = await wireOf({ page: 2 }, { query: { page: '{page}' }, path: '/orders?v=1' });

    expect(url.search).toBe('?v=1&page=2');
    expect(body).toBe('{"page":2}');
  });
});

describe('the headers of an operation', () => {
  it('are filled from the payload, and left out where it has nothing', async () => {
    const headers = { 'X-Warehouse': '{warehouse}', Accept: 'application/vnd.erp+json', 'x-none': '{none}' };

    const wire = await wireOf({ warehouse: 'Zürich 1' }, { headers });

    expect(wire.headers).toMatchObject({ 'x-warehouse': 'Zürich 1', accept: 'application/vnd.erp+json' });
    expect(wire.headers).not.toHaveProperty('x-none');
  });

  it.each(['a\r\nx-evil: 1', '\u20ac', {}])('do not take %j', async (warehouse) => {
    const { faults, wires } = await recordedCall({
      payload: { warehouse },
      operation: { headers: { 'x-warehouse': 'at {warehouse}' } },
    });

    expect(faults).toEqual([
      'payload.warehouse: expected a text, a number or a flag that fits where the operation puts it',
    ]);
    expect(wires).toEqual([]);
  });
});

describe('the body of an operation', () => {
  it('is what the mapping makes of the payload', async () => {
    const { body } = await wireOf(
      { ref: 'A-1', lines: [{ sku: 'x', n: 2 }] },
      { body: '{ "REF": ref, "POS": [lines.{ "SKU": sku, "QTY": $string(n) }] }' },
    );

    expect(body).toBe('{"REF":"A-1","POS":[{"SKU":"x","QTY":"2"}]}');
  });

  it('is absent where the mapping yields nothing', async () => {
    const { body, headers } = await wireOf({ id: 7 }, { body: 'nothing.here' });

    expect(body).toBeUndefined();
    expect(headers['content-length']).toBe('0');
  });

  it('is refused without a word of the payload where the mapping fails', async () => {
    const { wires, faults } = await recordedCall({
      payload: { amount: 'the-secret' },
      operation: { body: '{ "amount": $number(amount) }' },
    });

    expect(faults).toEqual([
      'payload: the mapping to a body fails on it: JSONata error D3030 at character 20',
    ]);
    expect(wires).toEqual([]);
  });

  it('is a form where the operation says so', async () => {
    const { body, headers } = await wireOf(
      { name: 'Zoë & co', tags: ['a', 2], gone: null, yes: true },
      { format: 'form' },
    );

    expect(body).toBe('name=Zo%C3%AB+%26+co&tags=a&tags=2&yes=true');
    expect(headers).toMatchObject({
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': String(Buffer.byteLength(body ?? '')),
    });
  });

  it.each<[unknown, string[]]>([
    [
      { deep: { er: 'secret' }, list: [['secret']] },
      [
        'payload.deep: expected a text, a number, a flag, or a list of them, as forms have',
        'payload.list: expected a text, a number, a flag, or a list of them, as forms have',
      ],
    ],
    ['secret', ['payload: expected an object, whose fields are those of the form']],
    [[1], ['payload: expected an object, whose fields are those of the form']],
  ])('is no form for %j', async (payload, faults) => {
    expect((await recordedCall({ payload, operation: { format: 'form' } })).faults).toEqual(faults);
  });
});

describe('the result of an operation', () => {
  const resultOf = async (answer: Exchange, result: string) =>
    (await recordedCall({ answer, operation: { result } })).exchange;

  it('passes through byte by byte where nothing maps it', async () => {
    const body = '{"id":12345678901234567890, "x": 1.0}';

    const { exchange } = await recordedCall({ answer: answered(200, { body }) });

    expect(exchange).toEqual(answered(200, { body }));
  });

  it('is what the mapping makes of the answer', async () => {
    const answer = answered(201, { body: '{"ORDNO":7,"POS":[1]}' });

    expect(await resultOf(answer, '{ "order": "E-" & $string(ORDNO), "lines": $count(POS) }')).toEqual(
      answered(201, { body: '{"order":"E-7","lines":1}' }),
    );
  });

  it.each<[string, string, string]>([
    ['', '$ = null', 'true'],
    ['OK 17', '$number($substringAfter($, " "))', '17'],
    ['{"a":1}', 'b', 'null'],
  ])('of the answer %j under %s is %s', async (body, result, json) => {
    const answer = answered(200, { body, contentType: 'text/plain' });

    expect(await resultOf(answer, result)).toMatchObject({ kind: 'answered', body: json });
  });

  it.each([
    ['is no success', answered(409, { body: '{"a":1}' })],
    ['is not the JSON that it claims to be', answered(200, { body: '{"a":' })],
  ])('is not mapped where the answer %s', async (_why, answer) => {
    expect(await resultOf(answer, 'a')).toEqual(answer);
  });

  it('cannot be used where the mapping fails, which quotes nothing of it', async () => {
    const answer = answered(200, { body: '{"total":"the-secret"}' });

    expect(await resultOf(answer, '$number(total)')).toEqual({
      kind: 'unusable',
      status: 200,
      reason: 'the mapping to a result fails on it: JSONata error D3030 at character 8',
    });
  });
});
