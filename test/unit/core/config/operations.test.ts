import { parseConfig } from '../../../../lambdas/core/config/parse-config.js';
import { aConfigInput } from '../../../support/a-config.js';
import { faultsOf } from '../../../support/faults-of.js';

type Operation = ReturnType<typeof aConfigInput>['operations'][string];

const faultsWith = (more: Partial<Operation>) =>
  faultsOf(() =>
    parseConfig(aConfigInput({ operations: { call: { effect: 'once', timeoutMs: 1_000, ...more } } })),
  );

const SOAP = { namespace: 'urn:erp', element: 'Call' };

const BRACES = 'placeholders such as {id} or {customer.id}, and no other braces';

describe('an operation', () => {
  it.each<[string, Partial<Operation>]>([
    ['a path with placeholders', { path: '/a/{id}/b/{customer.id}?c={c_1}' }],
    ['a query', { query: { 'a[]': '{b}', c: 'd {e}' } }],
    ['headers', { headers: { 'X-A': '{b}', Accept: 'text/csv' } }],
    ['mappings', { body: 'a', result: 'b' }],
    ['a form', { format: 'form', body: 'a' }],
    [
      'SOAP',
      { soap: { ...SOAP, version: '1.2', retryableFaults: ['Busy'] }, body: 'a', headers: { a: 'b' } },
    ],
    ['an adapter', { adapter: 'acme-erp', path: '/x', method: 'GET' }],
    [
      'a lookup that maps',
      { lookup: { path: '/a/{idempotencyKey}', query: { a: '{idempotencyKey}' }, result: 'b' } },
    ],
    ['a lookup that says by its answer what it found', { lookup: { path: '/a', executed: '$exists(b)' } }],
    ['a lookup by SOAP', { lookup: { path: '/a', soap: SOAP, executed: 'found = "true"' } }],
    ['a lookup by SOAP that faults', { lookup: { path: '/a', soap: SOAP, notExecutedFaults: ['None'] } }],
    ['a lookup by SOAP with statuses', { lookup: { path: '/a', soap: SOAP, notExecutedStatuses: [404] } }],
    ['a lookup by an adapter', { lookup: { path: '/a', adapter: 'acme-erp' } }],
  ])('may have %s', (_what, more) => {
    expect(faultsWith(more)).toEqual([]);
  });

  it.each<[Partial<Operation>, string]>([
    [{ path: '/a/{id' }, `operations.call.path: expected ${BRACES} but got "/a/{id"`],
    [{ path: '/a/{}' }, `operations.call.path: expected ${BRACES} but got "/a/{}"`],
    [{ path: '/a/{{id}}' }, `operations.call.path: expected ${BRACES} but got "/a/{{id}}"`],
    [{ path: '/a/{a..b}' }, `operations.call.path: expected ${BRACES} but got "/a/{a..b}"`],
    [
      { path: '/a#b' },
      'operations.call.path: expected a path that starts with /, or an empty text but got "/a#b"',
    ],
    [{ query: { a: '{b c}' } }, `operations.call.query.a: expected ${BRACES} but got "{b c}"`],
    [{ headers: { a: '}' } }, `operations.call.headers.a: expected ${BRACES} but got "}"`],
    [
      { headers: { a: 'b\r\nc: d' } },
      'operations.call.headers.a: expected up to 500 visible ASCII characters but got "b??c: d"',
    ],
    [{ lookup: { path: '/a/{' } }, `operations.call.lookup.path: expected ${BRACES} but got "/a/{"`],
    [{ body: '' }, 'operations.call.body: expected a JSONata expression but got ""'],
    [
      { soap: { ...SOAP, element: 'a b' } },
      'operations.call.soap.element: expected the name of an element, with a prefix where only that element is to be in the namespace but got "a b"',
    ],
    [
      { soap: { ...SOAP, action: 'a"b' } },
      'operations.call.soap.action: expected an address without spaces and quotes but got "a"b"',
    ],
    [
      { adapter: '../evil' },
      'operations.call.adapter: expected the name of a file in lambdas/adapters/custom, without .ts but got "../evil"',
    ],
    [
      { adapter: 'acme', body: 'a', query: {} },
      'operations.call: adapter acme writes requests and reads answers itself; remove body, query',
    ],
    [
      { soap: SOAP, format: 'form' },
      'operations.call: format form beside soap, whose body is XML; remove one of them',
    ],
    [
      { soap: SOAP, method: 'PUT' },
      'operations.call: method PUT beside soap, which is called by POST; remove method',
    ],
    [
      { method: 'GET', body: 'a' },
      'operations.call: body beside GET, which has no body; use query or another method',
    ],
    [
      { lookup: { path: '', format: 'form' } },
      'operations.call.lookup: format beside GET, which has no body; use query or another method',
    ],
    [
      { lookup: { path: '', method: 'GET', soap: SOAP, executed: 'true' } },
      'operations.call.lookup: method GET beside soap, which is called by POST; remove method',
    ],
    [
      { lookup: { path: '', adapter: 'acme-erp', executed: 'true', result: 'a' } },
      'operations.call.lookup: adapter acme-erp writes requests and reads answers itself; remove result, executed',
    ],
    [
      { lookup: { path: '', executed: ' ' } },
      'operations.call.lookup.executed: expected a JSONata expression but got " "',
    ],
  ])('is refused with %j', (more, fault) => {
    expect(faultsWith(more)).toEqual([fault]);
  });

  it.each([
    ...['Host', 'content-length', 'Transfer-Encoding', 'authorization', 'Idempotency-Key', 'expect'],
    ...['Connection', 'Upgrade', 'TE', 'Trailer', 'Keep-Alive', 'Proxy-Authorization'],
  ])('does not set the header %s', (name) => {
    expect(faultsWith({ headers: { [name]: 'a' } })).toEqual([
      expect.stringMatching(
        new RegExp(`^operations.call.headers.${name}: expected a header other than host, `),
      ),
    ]);
  });
});
