import { readBody } from '../../../../lambdas/core/intake/read-body.js';

const read = (body: string, type: string | undefined = 'application/json', bytesMax = 100) =>
  readBody(
    {
      ...{ routeKey: '', method: 'POST', path: '/calls', id: undefined, query: {} },
      headers: type === '' ? {} : { 'content-type': type },
      body,
    },
    bytesMax,
  );

describe('readBody', () => {
  it.each([
    'application/json',
    'Application/JSON; charset=utf-8',
    'application/json ; charset=utf-8',
    'application/vnd.api+json',
    'application/problem+json;x=1',
  ])('reads %s', (type) => {
    expect(read('{"a":1}', type)).toEqual({ kind: 'json', value: { a: 1 } });
  });

  it.each([
    ['text/plain', 'text/plain'],
    ['application/jsonx', 'application/jsonx'],
    ['application/+json', 'application/+json'],
    ['xapplication/json', 'xapplication/json'],
    ['application/x+jsonx', 'application/x+jsonx'],
    ['', 'none'],
    ['x'.repeat(100), 'x'.repeat(80)],
  ])('refuses the content type %j', (type, shown) => {
    expect(read('{}', type)).toMatchObject({
      kind: 'refused',
      problem: { status: 415, detail: `content-type: expected application/json but got ${shown}` },
    });
  });

  it('counts bytes, not characters', () => {
    expect(read(`"${'é'.repeat(49)}"`).kind).toBe('json');
    expect(read(`"${'é'.repeat(49)}" `)).toMatchObject({
      problem: { status: 413, detail: 'body: expected at most 100 bytes but got 101' },
    });
  });

  it.each(['', '{', 'secret'])('refuses %j, and quotes nothing of it', (body) => {
    expect(read(body)).toMatchObject({ problem: { status: 400, faults: ['body: expected JSON'] } });
  });
});
