import { isRouteKey, matchRoute } from '../../../../local/aws/http-api/route-table.js';

const ROUTES = [
  '$default',
  'ANY /orders/{proxy+}',
  'GET /orders/{id}',
  'ANY /orders/{id}',
  'GET /orders/open',
  'POST /orders',
  'GET /customers/{customer}/orders/{order}',
];

describe('matchRoute', () => {
  it.each([
    ['POST', '/orders', 'POST /orders', undefined],
    ['GET', '/orders/open', 'GET /orders/open', undefined],
    ['GET', '/orders/7', 'GET /orders/{id}', { id: '7' }],
    ['DELETE', '/orders/7', 'ANY /orders/{id}', { id: '7' }],
    ['GET', '/orders/7/lines/2', 'ANY /orders/{proxy+}', { proxy: '7/lines/2' }],
    ['GET', '/customers/a%20b/orders/%2F', ROUTES[6], { customer: 'a b', order: '/' }],
    ['GET', '/orders/%E0', 'GET /orders/{id}', { id: '%E0' }],
    ['GET', '/elsewhere', '$default', undefined],
    ['GET', '/orders/', '$default', undefined],
  ])('serves %s %s with %s', (method, path, routeKey, pathParameters) => {
    expect(matchRoute(ROUTES, method, path)).toMatchObject({ routeKey, pathParameters });
  });

  it('finds nothing where no route fits', () => {
    expect(matchRoute(ROUTES.slice(2), 'PUT', '/orders')).toBeUndefined();
  });

  it('takes a dot in a route for a dot', () => {
    expect(matchRoute(['GET /openapi.json'], 'GET', '/openapi-json')).toBeUndefined();
  });
});

describe('isRouteKey', () => {
  it.each([...ROUTES, 'GET /', 'GET /openapi.json'])('takes %s', (routeKey) => {
    expect(isRouteKey(routeKey)).toBe(true);
  });

  it.each(['GET', 'orders', '$connect', 'GET /{proxy+}/more', 'GET /orders/{}'])('refuses %s', (routeKey) => {
    expect(isRouteKey(routeKey)).toBe(false);
  });
});
