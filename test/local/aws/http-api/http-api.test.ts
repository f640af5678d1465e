import { HttpApi } from '../../../../local/aws/http-api/http-api.js';
import { type Functions, functionsOf } from '../../support/a-function.js';

const HANDLER = `
  exports.handler = async (event) => {
    const { queryStringParameters: { mode } = {} } = event;
    if (mode === 'throw') throw new Error('broken');
    if (mode === 'value') return { plain: true };
    if (mode === 'nothing') return undefined;
    if (mode === 'strange') return { statusCode: 'abc' };
    if (mode === 'pid') { await new Promise((resolve) => setTimeout(resolve, 50)); return { pid: process.pid }; }
    if (mode === 'binary')
      return { statusCode: 200, headers: { 'Content-Type': 'image/png' }, body: 'AAEC', isBase64Encoded: true };
    if (mode === 'cookies') return { statusCode: 204, headers: { 'X-One': 1 }, cookies: ['a=1', 'b=2'] };
    return { statusCode: 202, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(event) };
  };
`;

describe('HttpApi', () => {
  let functions: Functions;
  const apis: HttpApi[] = [];

  beforeAll(async () => {
    functions = await functionsOf(HANDLER);
  });

  afterAll(async () => {
    await Promise.all(apis.map((api) => api.stop()));
    await functions.stop();
  });

  async function anApi(
    { reservedConcurrency, burst = 100 }: { reservedConcurrency?: number; burst?: number } = {},
    routeKeys: readonly string[] = ['ANY /orders/{id}', '$default'],
  ): Promise<string> {
    const api = new HttpApi('Api');
    apis.push(api);
    api.addIntegration('Integration', functions.create({ reservedConcurrency }));
    for (const routeKey of routeKeys) api.addRoute(routeKey, 'Integration');
    api.deploy({ burst, requestsPerSecond: 1 });
    await api.start(0);
    return api.endpoint;
  }

  it('gives the function an event in payload format 2.0', async () => {
    const endpoint = await anApi();

    const response = await fetch(`${endpoint}/orders/a%20b?one=1&two=2&one=3`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json', 'X-Custom': 'yes', cookie: 'a=1; b=2' },
      body: '{"ä":1}',
    });

    expect(response.status).toBe(202);
    expect(await response.json()).toMatchObject({
      version: '2.0',
      routeKey: 'ANY /orders/{id}',
      rawPath: '/orders/a%20b',
      rawQueryString: 'one=1&two=2&one=3',
      queryStringParameters: { one: '1,3', two: '2' },
      pathParameters: { id: 'a b' },
      cookies: ['a=1', 'b=2'],
      headers: { 'content-type': 'application/json', 'x-custom': 'yes' },
      requestContext: { http: { method: 'PATCH', path: '/orders/a%20b' }, stage: '$default' },
      body: '{"ä":1}',
      isBase64Encoded: false,
    });
  });

  it('leaves out what a request does not have', async () => {
    const event: unknown = await (await fetch(await anApi())).json();

    const absent = ['body', 'cookies', 'pathParameters', 'queryStringParameters'];
    expect(Object.keys(event as object).filter((name) => absent.includes(name))).toEqual([]);
  });

  it('encodes a body that is no text', async () => {
    const headers = { 'content-type': 'application/octet-stream' };
    const body = new Uint8Array([0, 255]);

    const response = await fetch(await anApi(), { method: 'PUT', headers, body });

    expect(await response.json()).toMatchObject({ body: 'AP8=', isBase64Encoded: true });
  });

  it('makes of a value without a status a 200 in JSON', async () => {
    const endpoint = await anApi();

    const [value, nothing] = await Promise.all(
      ['value', 'nothing'].map((mode) => fetch(`${endpoint}?mode=${mode}`)),
    );

    expect([value?.status, await value?.json()]).toEqual([200, { plain: true }]);
    expect([nothing?.status, await nothing?.json()]).toEqual([200, null]);
  });

  it('decodes a binary answer, and passes headers and cookies on', async () => {
    const endpoint = await anApi();

    const binary = await fetch(`${endpoint}?mode=binary`);
    const cookies = await fetch(`${endpoint}?mode=cookies`);

    expect(new Uint8Array(await binary.arrayBuffer())).toEqual(new Uint8Array([0, 1, 2]));
    expect(binary.headers.get('content-type')).toBe('image/png');
    expect(cookies.status).toBe(204);
    expect(cookies.headers.get('x-one')).toBe('1');
    expect(cookies.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  });

  it.each(['throw', 'strange'])('answers 500 where the function %ss', async (mode) => {
    const response = await fetch(`${await anApi()}?mode=${mode}`);

    expect([response.status, await response.json()]).toEqual([500, { message: 'Internal Server Error' }]);
  });

  it('answers 404 where no route fits, and 503 where Lambda throttles', async () => {
    const unknown = await fetch(await anApi({}, ['GET /orders']));
    const throttled = await fetch(await anApi({ reservedConcurrency: 0 }));

    expect([unknown.status, await unknown.json()]).toEqual([404, { message: 'Not Found' }]);
    expect([throttled.status, await throttled.json()]).toEqual([503, { message: 'Service Unavailable' }]);
  });

  it('answers 429 beyond the burst of its stage', async () => {
    const endpoint = await anApi({ burst: 2 });

    const statuses = (await Promise.all([1, 2, 3, 4].map(() => fetch(endpoint)))).map(({ status }) => status);

    expect(statuses.sort()).toEqual([202, 202, 429, 429]);
  });

  it('serves a crowd with a few processes, in turns', async () => {
    const endpoint = await anApi();

    const answers = await Promise.all(
      Array.from({ length: 40 }, async () => {
        const response = await fetch(`${endpoint}?mode=pid`);
        return [response.status, (await response.json()) as { pid: number }] as const;
      }),
    );

    expect(answers.every(([status]) => status === 200)).toBe(true);
    expect(new Set(answers.map(([, { pid }]) => pid)).size).toBeLessThanOrEqual(8);
  });
});
