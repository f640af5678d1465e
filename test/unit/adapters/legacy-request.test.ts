import { toWireRequest } from '../../../lambdas/adapters/legacy-request.js';
import { anOperation } from '../../support/a-config.js';

const BASE_URL = 'https://erp.example.com/api';

const wireOf = (payload: unknown, operation: Parameters<typeof anOperation>[0] = {}, baseUrl = BASE_URL) =>
  toWireRequest(baseUrl, { operation: anOperation(operation), idempotencyKey: 'key-1', payload });

describe('toWireRequest', () => {
  it('sends the payload as the JSON body', () => {
    const { url, method, headers, body } = wireOf({ name: 'Zoë' });

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
  ])('sends the payload %j as %s', (payload, body) => {
    expect(wireOf(payload).body).toBe(body);
  });

  it.each([null, undefined])('sends no body for the payload %j', (payload) => {
    const { body, headers } = wireOf(payload);

    expect(body).toBeUndefined();
    expect(headers).toEqual({
      accept: 'application/json',
      'idempotency-key': 'key-1',
      'content-length': '0',
    });
  });

  it('sends the payload of a GET as the query, and no body', () => {
    const payload = { id: 'a b&c', page: 2, tags: ['x', 'y'], deep: { er: null }, none: null };

    const { url, body, headers } = wireOf(payload, { method: 'GET' });

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

  it.each([null, 7, 'text', undefined])('sends no query for a GET with the payload %j', (payload) => {
    expect(wireOf(payload, { method: 'GET' }).url.search).toBe('');
  });

  it('keeps the query of a path', () => {
    const { url } = wireOf({ id: 7 }, { method: 'GET', path: '/orders?version=2' });

    expect(url.search).toBe('?version=2&id=7');
  });

  it.each([
    ['https://erp.example.com/api', '', 'https://erp.example.com/api'],
    ['https://erp.example.com/api/', '/orders', 'https://erp.example.com/api/orders'],
    ['https://erp.example.com', '/orders', 'https://erp.example.com/orders'],
  ])('joins %s and %j', (baseUrl, path, href) => {
    expect(wireOf({}, { path }, baseUrl).url.href).toBe(href);
  });
});
