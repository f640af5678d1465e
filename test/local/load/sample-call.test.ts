import { sampleCallOf } from '../../../local/load/sample-call.js';
import { aConfig } from '../../support/a-config.js';

const once = { path: '/x', effect: 'once', timeoutMs: 1_000 } as const;
const idempotent = { ...once, effect: 'idempotent' } as const;

describe('a sample call', () => {
  it('is of the first operation that may be repeated', () => {
    expect(sampleCallOf(aConfig({ operations: { pay: once, find: idempotent } })).operation).toBe('find');
  });

  it('is of the first operation where none may be repeated', () => {
    expect(sampleCallOf(aConfig({ operations: { pay: once } })).operation).toBe('pay');
  });

  it('has each field that the operation needs, and is named after its execution', () => {
    const { payload } = sampleCallOf(
      aConfig({
        operations: {
          find: {
            ...idempotent,
            path: '/customers/{customer.id}/orders/{order}',
            query: { region: '{customer.region}' },
            headers: { 'x-trace': '{trace}' },
          },
        },
      }),
    );

    expect(payload('high-1')).toEqual({
      ...{ reference: 'high-1', order: 'high-1', trace: 'high-1' },
      customer: { id: 'high-1', region: 'high-1' },
    });
  });

  it('asks a GET for nothing that nobody wants', () => {
    const find = { ...idempotent, method: 'GET', path: '/orders/{order}' } as const;

    expect(sampleCallOf(aConfig({ operations: { find } })).payload('high-1')).toEqual({ order: 'high-1' });
  });

  it.each([
    [{}, true],
    [{ body: 'reference' }, true],
    [{ result: 'id' }, false],
    [{ adapter: 'example' }, false],
  ])('is answered plainly by an operation with %j: %s', (more, isPlain) => {
    expect(sampleCallOf(aConfig({ operations: { find: { ...idempotent, ...more } } })).isPlain).toBe(isPlain);
  });
});
