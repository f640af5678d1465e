import { type Origins, refusalOf } from '../../../local/live-page/request-guard.js';

const PORT = 4_567;
const HOST = `127.0.0.1:${PORT}`;
const ORIGIN = `http://${HOST}`;
const JSON_TYPE = { 'content-type': 'application/json' };

const look = (headers: Origins['headers']) => refusalOf({ method: 'GET', path: '/events', headers }, PORT);
const change = (headers: Origins['headers']) =>
  refusalOf({ method: 'POST', path: '/actions', headers }, PORT);

describe('the guard of the page', () => {
  it.each([HOST, `localhost:${PORT}`, `[::1]:${PORT}`])('lets the page at %s look and change', (host) => {
    const headers = { host, 'sec-fetch-site': 'same-origin' };

    expect(look(headers)).toBeUndefined();
    expect(change({ ...headers, ...JSON_TYPE, origin: `http://${host}` })).toBeUndefined();
  });

  it.each([undefined, 'evil.example.com', `evil.example.com:${PORT}`, '127.0.0.1', `127.0.0.1:${PORT + 1}`])(
    'refuses a request to %s, whatever name was pointed here',
    (host) => {
      expect(look({ host })?.status).toBe(421);
      expect(change({ host, ...JSON_TYPE, origin: `http://${host ?? ''}` })?.status).toBe(421);
    },
  );

  it.each(['https://example.com', 'null', `http://127.0.0.1:${PORT + 1}`, `https://${HOST}`, ORIGIN + '/'])(
    'refuses what comes from %s',
    (origin) => {
      expect(look({ host: HOST, origin })?.status).toBe(403);
      expect(change({ host: HOST, ...JSON_TYPE, origin })?.status).toBe(403);
    },
  );

  it.each(['cross-site', 'same-site'])('refuses what a browser says is %s', (site) => {
    const headers = { host: HOST, 'sec-fetch-site': site };

    expect(look(headers)?.status).toBe(403);
    expect(change({ ...headers, ...JSON_TYPE, origin: ORIGIN })?.status).toBe(403);
  });

  it('lets a link from elsewhere open the page, and nothing else', () => {
    const headers = { host: HOST, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };

    expect(refusalOf({ method: 'GET', path: '/', headers }, PORT)).toBeUndefined();
    expect(look(headers)?.status).toBe(403);
  });

  it('refuses a change that does not say where it comes from', () => {
    expect(change({ host: HOST, ...JSON_TYPE })?.status).toBe(403);
  });

  it('refuses what a form can send', () => {
    const headers = { host: HOST, origin: ORIGIN };

    expect(change(headers)?.status).toBe(415);
    expect(change({ ...headers, 'content-type': 'text/plain' })?.status).toBe(415);
  });

  it.each(['PUT', 'DELETE', 'OPTIONS'])('refuses %s', (method) => {
    expect(refusalOf({ method, path: '/actions', headers: { host: HOST } }, PORT)?.status).toBe(405);
  });
});
