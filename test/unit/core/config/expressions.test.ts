import {
  expressionsOf,
  withExpressions,
  withoutExpressions,
} from '../../../../lambdas/core/config/expressions.js';
import { parseConfig } from '../../../../lambdas/core/config/parse-config.js';
import { aConfig } from '../../../support/a-config.js';

const once = { effect: 'once', timeoutMs: 1_000 } as const;

const config = aConfig({
  operations: {
    plain: { ...once, lookup: { path: '/plain' } },
    mapped: { ...once, body: 'a', result: 'b', lookup: { path: '/mapped', result: 'c', executed: 'e' } },
    lookedUp: { ...once, lookup: { method: 'POST', path: '/x', body: 'd' } },
    toString: { ...once },
  },
});

describe('the mappings of a configuration', () => {
  it('are those of its operations and of their lookups', () => {
    expect(expressionsOf(config)).toEqual({
      mapped: { body: 'a', result: 'b', lookup: { result: 'c', executed: 'e' } },
      lookedUp: { lookup: { body: 'd' } },
    });
  });

  it('can be taken out and put back', () => {
    const without = withoutExpressions(config);

    expect(expressionsOf(without)).toEqual({});
    const read = parseConfig(JSON.parse(JSON.stringify(without)));
    expect(withExpressions(read, expressionsOf(config))).toEqual(config);
  });

  it('leave a configuration without any as it is', () => {
    const plain = aConfig();

    expect(withoutExpressions(plain)).toEqual(plain);
    expect(withExpressions(plain, {})).toEqual(plain);
  });
});
