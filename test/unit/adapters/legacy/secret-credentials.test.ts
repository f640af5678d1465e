import type { ClientCertificate, WireRequest } from '../../../../lambdas/adapters/legacy/transport.js';
import { SecretCredentials } from '../../../../lambdas/adapters/legacy/secret-credentials.js';
import { CredentialsError } from '../../../../lambdas/adapters/legacy/credentials.js';
import type { OrchestratorConfigInput } from '../../../../lambdas/core/config/orchestrator-config.js';
import type { Exchange } from '../../../../lambdas/core/outcomes/exchange.js';
import { aConfig } from '../../../support/a-config.js';
import { SELF_SIGNED } from '../../../support/loopback-server.js';
import { answered } from '../../../support/scripted-legacy-api.js';

type Configured = Pick<OrchestratorConfigInput, 'credentials' | 'clientCertificate'>;

const OAUTH2 = {
  credentials: { kind: 'oauth2', secret: 's', tokenUrl: 'https://login.example.com/token' },
} as const;

const CLIENT = JSON.stringify({ clientId: 'id:1', clientSecret: 'hush hush' });

const aToken = (access_token: unknown, expires_in: unknown = 3_600) =>
  answered(200, { body: JSON.stringify({ access_token, expires_in, token_type: 'Bearer' }) });

/** Credentials with a secret that can be rotated, a token endpoint that answers in order, and a clock to be set. */
function aScene(config: Configured, secret: string, tokens: readonly Exchange[] = []) {
  const script = [...tokens];
  const scene = {
    nowMs: 1_000_000,
    secret: secret as string | Error,
    reads: [] as boolean[],
    tokenRequests: [] as WireRequest[],
  };
  const source = {
    read: (_name: string, fresh: boolean) => {
      scene.reads.push(fresh);
      return scene.secret instanceof Error ? Promise.reject(scene.secret) : Promise.resolve(scene.secret);
    },
  };
  const transport = {
    exchange: (request: WireRequest) => {
      scene.tokenRequests.push(request);
      const exchange = script.shift() ?? { kind: 'notSent', reason: 'ECONNREFUSED the-secret' };
      return Promise.resolve({ exchange, sentAtMs: undefined });
    },
  };
  const clock = { nowMs: () => scene.nowMs, sleepUntil: () => Promise.resolve() };
  return Object.assign(scene, {
    credentials: new SecretCredentials(aConfig(config), source, clock, transport),
  });
}

describe('credentials from a secret', () => {
  it.each<[Configured, string, Record<string, string>]>([
    [
      { credentials: { kind: 'basic', secret: 's' } },
      '{"username":"zoë","password":"a:b"}',
      { authorization: `Basic ${Buffer.from('zoë:a:b').toString('base64')}` },
    ],
    [{ credentials: { kind: 'bearer', secret: 's' } }, 'abc.def\n', { authorization: 'Bearer abc.def' }],
    [{ credentials: { kind: 'bearer', secret: 's' } }, '{"token":"abc"}', { authorization: 'Bearer abc' }],
    [{ credentials: { kind: 'apiKey', header: 'X-Api-Key', secret: 's' } }, 'abc', { 'x-api-key': 'abc' }],
    [{ credentials: { kind: 'apiKey', header: 'k', secret: 's' } }, '{"apiKey":"abc"}', { k: 'abc' }],
  ])('%j of %s are shown as %j', async (config, secret, headers) => {
    expect(await aScene(config, secret).credentials.obtain()).toMatchObject({ kind: 'obtained', headers });
  });

  it.each<[Configured, string, string]>([
    [
      { credentials: { kind: 'basic', secret: 'erp' } },
      '{"user":"the-secret"}',
      'the secret erp has no username and password; expected JSON with username and password',
    ],
    [
      { credentials: { kind: 'basic', secret: 'erp' } },
      'the-secret',
      'the secret erp has no username and password; expected JSON with username and password',
    ],
    [
      { credentials: { kind: 'bearer', secret: 'erp' } },
      'the secret\r\nx: y',
      'the secret erp has no token of visible ASCII characters alone',
    ],
    [
      { credentials: { kind: 'apiKey', header: 'k', secret: 'erp' } },
      '{"key":"the-secret"}',
      'the secret erp has no apiKey; expected JSON with apiKey',
    ],
    [
      { clientCertificate: { secret: 'erp' } },
      '{"certificate":"the-secret","privateKey":"the-secret"}',
      'the secret erp has no certificate and private key that fit together',
    ],
  ])('%j are not to be had of %s', async (config, secret, reason) => {
    expect(await aScene(config, secret).credentials.obtain()).toEqual({ kind: 'missing', reason });
  });

  it('are missing where the secret cannot be read, and told by our own words alone', async () => {
    const scene = aScene({ credentials: { kind: 'bearer', secret: 's' } }, '');
    scene.secret = new Error('the-secret');
    const unforeseen = await scene.credentials.obtain();
    scene.secret = new CredentialsError('the secret s cannot be read (AccessDenied)');

    expect(unforeseen).toEqual({ kind: 'missing', reason: 'the credentials cannot be had' });
    expect(await scene.credentials.obtain()).toEqual({
      kind: 'missing',
      reason: 'the secret s cannot be read (AccessDenied)',
    });
  });

  it('are a client certificate that stays the same object until it is rotated', async () => {
    const pem = { certificate: SELF_SIGNED, privateKey: SELF_SIGNED };
    const scene = aScene({ clientCertificate: { secret: 's' } }, JSON.stringify(pem));
    const certificateNow = async () => {
      const obtained = await scene.credentials.obtain();
      return (obtained as { certificate?: ClientCertificate }).certificate;
    };

    const first = await certificateNow();
    const second = await certificateNow();
    scene.secret = JSON.stringify({ ...pem, ca: SELF_SIGNED });

    expect(first).toEqual({ cert: SELF_SIGNED, key: SELF_SIGNED });
    expect(second).toBe(first);
    expect(await certificateNow()).toEqual({ cert: SELF_SIGNED, key: SELF_SIGNED, ca: SELF_SIGNED });
  });

  it('are read afresh once after a refusal, and refusals of fresh ones are final', async () => {
    const scene = aScene({ credentials: { kind: 'bearer', secret: 's' } }, 'abc');
    await scene.credentials.obtain();

    const answers = [scene.credentials.refused(), scene.credentials.refused()];
    await scene.credentials.obtain();
    await scene.credentials.obtain();
    scene.nowMs += 30_000;

    expect(answers).toEqual([true, false]);
    expect(scene.reads).toEqual([false, true, false]);
    expect(scene.credentials.refused()).toBe(true);
  });

  it('are read afresh after a secret that cannot be used, so that its repair is seen within half a minute', async () => {
    const scene = aScene({ credentials: { kind: 'apiKey', header: 'k', secret: 's' } }, '{"key":"abc"}');
    const kinds: string[] = [];
    for (const [laterMs, secret] of [
      [0, '{"key":"abc"}'],
      [1_000, '{"key":"abc"}'],
      [1_000, '{"key":"abc"}'],
      [30_000, '{"key":"abc"}'],
      [1_000, '{"apiKey":"abc"}'],
    ] as const) {
      Object.assign(scene, { nowMs: scene.nowMs + laterMs, secret });
      kinds.push((await scene.credentials.obtain()).kind);
    }

    expect(kinds).toEqual(['missing', 'missing', 'missing', 'missing', 'obtained']);
    expect(scene.reads).toEqual([false, true, false, false, true]);
  });
});

describe('a token by client credentials', () => {
  it('is asked for once and used until shortly before it expires', async () => {
    const scene = aScene(OAUTH2, CLIENT, [aToken('one'), aToken('two')]);
    const tokens: unknown[] = [];
    for (const laterMs of [0, 3_539_000, 2_000]) {
      scene.nowMs += laterMs;
      tokens.push(await scene.credentials.obtain());
    }

    expect(tokens).toEqual(
      ['one', 'one', 'two'].map((token) => ({
        kind: 'obtained',
        headers: { authorization: `Bearer ${token}` },
        secrets: [token],
      })),
    );
    expect(scene.tokenRequests).toHaveLength(2);
  });

  it('is asked for with the client in a header, encoded', async () => {
    const scene = aScene(
      { credentials: { ...OAUTH2.credentials, scope: 'read write', audience: 'urn:erp' } },
      CLIENT,
      [aToken('one')],
    );

    await scene.credentials.obtain();

    expect(scene.tokenRequests[0]).toMatchObject({
      url: new URL('https://login.example.com/token'),
      method: 'POST',
      body: 'grant_type=client_credentials&scope=read+write&audience=urn%3Aerp',
      headers: { authorization: `Basic ${Buffer.from('id%3A1:hush+hush').toString('base64')}` },
    });
  });

  it('is asked for with the client in the body where that is configured', async () => {
    const scene = aScene({ credentials: { ...OAUTH2.credentials, clientAuthentication: 'body' } }, CLIENT, [
      aToken('one'),
    ]);

    await scene.credentials.obtain();

    expect(scene.tokenRequests[0]).toMatchObject({
      body: 'grant_type=client_credentials&client_id=id%3A1&client_secret=hush+hush',
    });
    expect(scene.tokenRequests[0]?.headers).not.toHaveProperty('authorization');
  });

  it('is asked for again after a refusal', async () => {
    const scene = aScene(OAUTH2, CLIENT, [aToken('one'), aToken('two')]);
    await scene.credentials.obtain();
    scene.credentials.refused();

    expect(await scene.credentials.obtain()).toMatchObject({ headers: { authorization: 'Bearer two' } });
    expect(scene.reads).toEqual([false, true]);
  });

  it('is used for as long as it lives where no other one is to be had', async () => {
    const scene = aScene(OAUTH2, CLIENT, [aToken('one')]);
    await scene.credentials.obtain();
    scene.nowMs += 3_590_000;
    const soon = await scene.credentials.obtain();
    scene.nowMs += 20_000;

    expect(soon).toMatchObject({ headers: { authorization: 'Bearer one' } });
    expect(await scene.credentials.obtain()).toMatchObject({ kind: 'missing' });
  });

  it.each<[Exchange, string]>([
    [answered(400, { body: '{"error":"the-secret"}' }), 'the token endpoint answers with status 400'],
    [answered(200, { body: 'the-secret' }), 'the token endpoint answers without an access_token'],
    [answered(200, { body: 'null' }), 'the token endpoint answers without an access_token'],
    [aToken('the secret\r\n'), 'the token endpoint answers without an access_token'],
    [{ kind: 'lost', reason: 'the-secret' }, 'the token endpoint gives no answer (lost)'],
    [
      { kind: 'tooLarge', status: 200, retryAfter: undefined },
      'the token endpoint gives no answer (tooLarge)',
    ],
  ])('is missing where the endpoint comes to %j', async (exchange, reason) => {
    expect(await aScene(OAUTH2, CLIENT, [exchange]).credentials.obtain()).toEqual({
      kind: 'missing',
      reason,
    });
  });
});
