import type { LegacyAdapter } from '../../../../lambdas/adapters/legacy/adapter.js';
import type { Credentials, Obtained } from '../../../../lambdas/adapters/legacy/credentials.js';
import { recordedCall, type Scene } from '../../../support/a-recording-transport.js';
import { answered } from '../../../support/scripted-legacy-api.js';

const OBTAINED: Obtained = {
  kind: 'obtained',
  headers: { authorization: 'Bearer the-secret' },
  secrets: ['the-secret', 'abc'],
};

/** What becomes of a call with these credentials; `outdated`: whether other ones may be had. */
async function withCredentials(scene: Scene = {}, obtained: Obtained = OBTAINED, outdated = true) {
  let refusals = 0;
  const credentials: Credentials = {
    obtain: () => Promise.resolve(obtained),
    refused: () => {
      refusals += 1;
      return outdated;
    },
  };
  const call = await recordedCall({ ...scene, credentials });
  return { ...call, refusals };
}

describe('the credentials of a call', () => {
  it('are shown in its headers, whatever the adapter wrote there', async () => {
    const { wires } = await withCredentials({ operation: { headers: { 'x-a': 'b' } } });

    expect(wires[0]?.headers).toMatchObject({ authorization: 'Bearer the-secret', 'x-a': 'b' });
  });

  it('bring the certificate for the connection', async () => {
    const certificate = { cert: 'c', key: 'k' };

    const { wires } = await withCredentials({}, { ...OBTAINED, certificate });

    expect(wires[0]?.certificate).toBe(certificate);
  });

  it('keep it from being made where they are missing', async () => {
    const { wires, faults } = await withCredentials({}, { kind: 'missing', reason: 'no token' });

    expect(wires).toEqual([]);
    expect(faults).toEqual(['no token']);
  });

  it('may be outdated where the answer is 401, which proves that nothing was executed', async () => {
    const { exchange, refusals } = await withCredentials({ answer: answered(401) });

    expect(exchange).toEqual({
      kind: 'notExecuted',
      reason: 'status 401 with credentials that may be outdated; the next call fetches them anew',
    });
    expect(refusals).toBe(1);
  });

  it('leave a 401 as it is where they were fetched just before', async () => {
    const { exchange } = await withCredentials({ answer: answered(401) }, OBTAINED, false);

    expect(exchange).toMatchObject({ kind: 'answered', status: 401 });
  });

  it.each([200, 403, 500])('have nothing to do with status %d', async (status) => {
    expect((await withCredentials({ answer: answered(status) })).refusals).toBe(0);
  });

  it('are taken out of a refusal that quotes them, and not out of a result', async () => {
    const body = '{"seen":"Bearer the-secret","n":"abcdef"}';
    const bodyOf = async (status: number) =>
      (await withCredentials({ answer: answered(status, { body }) })).exchange;

    expect(await bodyOf(403)).toMatchObject({ body: '{"seen":"Bearer ***","n":"abcdef"}' });
    expect(await bodyOf(200)).toMatchObject({ body });
  });

  it('are taken out of a fault that quotes them, with whatever status it comes', async () => {
    const body = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault><faultcode>s:the-secret</faultcode><faultstring>the-secret is wrong</faultstring></s:Fault></s:Body></s:Envelope>`;
    const operation = {
      soap: {
        version: '1.1',
        action: '',
        namespace: 'urn:erp',
        element: 'Call',
        retryableFaults: [] as string[],
      },
    } as const;
    const told = async (status: number) => {
      const answer = answered(status, { body, contentType: 'text/xml' });
      return (await withCredentials({ operation, answer })).exchange;
    };

    expect(await told(200)).toMatchObject({ kind: 'fault' });
    for (const status of [200, 500]) expect(JSON.stringify(await told(status))).not.toContain('the-secret');
  });

  it('are taken out of what the adapter says of an answer that it cannot read', async () => {
    const acme: LegacyAdapter = {
      toWire: () => ({ method: 'POST', path: '', headers: {}, body: '' }),
      fromWire: () => ({ kind: 'unreadable', status: 200, retryAfter: undefined, reason: 'the-secret?' }),
    };
    const scene = { operation: { adapter: 'acme' }, parts: { custom: { acme } } };

    expect((await withCredentials(scene)).exchange).toMatchObject({ reason: '***?' });
  });
});
