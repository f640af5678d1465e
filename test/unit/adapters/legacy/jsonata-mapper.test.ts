import { jsonataMapper } from '../../../../lambdas/adapters/legacy/jsonata-mapper.js';

describe('a mapping in JSONata', () => {
  it('is compiled once and serves many payloads', async () => {
    const map = jsonataMapper('{ "id": $string(id) }');

    expect(await map({ id: 1 })).toEqual({ kind: 'mapped', value: { id: '1' } });
    expect(await map({ id: 2 })).toEqual({ kind: 'mapped', value: { id: '2' } });
  });

  it('that never ends is given up', async () => {
    const map = jsonataMapper('($forever := function($n) { $forever($n + 1) }; $forever(0))');

    expect(await map({})).toEqual({ kind: 'failed', reason: 'it takes longer than 1000 ms' });
  });

  it.each([
    ['$number(secret)', 'JSONata error D3030 at character 8'],
    ['$error(secret)', 'JSONata error D3137 at character 7'],
    ['$assert(false, secret)', 'JSONata error D3141 at character 8'],
    ['secret.$uppercase(1)', 'JSONata error T0410 at character 18'],
  ])('%s fails without quoting what it was given', async (expression, reason) => {
    expect(await jsonataMapper(expression)({ secret: 'the-secret' })).toEqual({ kind: 'failed', reason });
  });

  it('cannot reach what every object inherits', async () => {
    const { kind, ...rest } = await jsonataMapper('constructor.constructor("return 1")()')({ a: 1 });

    expect([kind, rest]).not.toContain(1);
    expect(kind === 'failed' || (rest as { value: unknown }).value === undefined).toBe(true);
  });

  it('that cannot be parsed is refused when it is compiled', () => {
    expect(() => jsonataMapper('{ "id": ')).toThrow();
  });
});
