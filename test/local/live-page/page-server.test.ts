import { request } from 'node:http';
import type { ExecutionDetails, PageHello, PageState } from '../../../local/live-page/page-state.js';
import { askPage, nextEvent, type PagedRun, startPagedRun } from '../support/live-page.js';

describe('the server of the page', () => {
  let paged: PagedRun;
  let url = '';

  beforeAll(async () => {
    paged = await startPagedRun();
    ({ url } = paged.page);
    await askPage(url, { kind: 'start', priority: 'HIGH', count: 1 });
    await paged.ended('high-1-001');
  }, 60_000);

  afterAll(() => paged.stop());

  it('listens on loopback', () => {
    expect(new URL(url).hostname).toBe('127.0.0.1');
  });

  it('lets the browser load and run nothing but its own files', async () => {
    const { headers } = await fetch(url);

    expect(headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('content-security-policy')).not.toMatch(/unsafe|https?:|\*/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('names no other host in anything it serves', async () => {
    for (const path of ['/', '/page.js', '/page.css', '/icon.svg']) {
      const text = await (await fetch(url + path)).text();
      const hosts = [...text.matchAll(/https?:\/\/([\w.-]+)/g)].map(([, host]) => host);
      // The name of a namespace is no request.
      expect(hosts.filter((host) => host !== 'www.w3.org')).toEqual([]);
    }
  });

  it.each(['/nothing', '/page.ts', '/../package.json', '/..%2fpackage.json', '/%2e%2e/package.json'])(
    'serves nothing at %s',
    async (path) => {
      expect(await statusOf(url, path, {})).toBe(404);
    },
  );

  it('refuses a website that let its own name point here', async () => {
    expect(await statusOf(url, '/events', { host: 'evil.example.com' })).toBe(421);
  });

  it('refuses to change anything for another origin', async () => {
    const response = await fetch(`${url}/actions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'https://example.com' },
      body: JSON.stringify({ kind: 'pause', priority: 'BATCH' }),
    });

    expect(response.status).toBe(403);
    expect((await nextEvent<PageState>(url, 'state')).status.paused).toEqual([]);
  });

  it.each([
    [{ kind: 'explode' }, 'that is none of the actions of this page'],
    [{ kind: 'start', priority: 'HIGH', count: 100_000 }, 'that is none of the actions of this page'],
    [{ kind: 'limit', limit: 'plenty' }, 'such as 20/1s'],
    [{ kind: 'limit', limit: '2/1s' }, 'limit refused, nothing was changed: 2 calls per 1 s'],
  ])('refuses %j, and says why', async (action, why) => {
    const response = await askPage(url, action);

    expect(response.status).toBe(400);
    expect(((await response.json()) as { readonly error: string }).error).toContain(why);
  });

  it('tells neither payload nor result nor task token', async () => {
    const details = await fetch(`${url}/details?name=high-1-001`);
    const told = JSON.stringify([
      await details.json(),
      await nextEvent<PageHello>(url, 'hello'),
      await nextEvent<PageState>(url, 'state'),
    ]);

    expect(told).not.toMatch(/payload|taskToken|reference|received/i);
  });

  it('tells the history of an execution and its calls', async () => {
    const details = (await (await fetch(`${url}/details?name=high-1-001`)).json()) as ExecutionDetails;

    expect(details.row).toMatchObject({ name: 'high-1-001', priority: 'HIGH', phase: 'succeeded', calls: 1 });
    expect(details.attempts).toMatchObject([{ outcome: 'succeeded' }]);
    expect(details.events.at(0)?.type).toBe('ExecutionStarted');
    expect(details.events.at(-1)?.type).toBe('ExecutionSucceeded');
    expect((await fetch(`${url}/details?name=nobody`)).status).toBe(404);
  });
});

/** As a client that is no browser can ask: with any host, and a path that nobody has tidied up. */
function statusOf(url: string, path: string, headers: Record<string, string>): Promise<number | undefined> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path, headers: { host: `${hostname}:${port}`, ...headers } }, (response) => {
      response.destroy();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}
