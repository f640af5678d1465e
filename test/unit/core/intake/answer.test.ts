import { UnavailableError } from '../../../../lambdas/core/intake/ports.js';
import { AnIntake, DOCUMENT } from '../../../support/an-intake.js';

const ask = (method: string, path: string, routeKey = '$default') =>
  new AnIntake().send({ routeKey, method, path, id: undefined, query: {}, headers: {}, body: '' });

describe('the intake', () => {
  it('describes itself', async () => {
    expect(await new AnIntake().ask('describeApi')).toEqual({ status: 200, body: DOCUMENT });
  });

  it('asks for patience where AWS does not answer', async () => {
    const intake = new AnIntake();
    intake.ports.calls.list = () => Promise.reject(new UnavailableError('Step Functions throttles'));

    expect(await intake.ask('listCalls')).toMatchObject({
      status: 503,
      headers: { 'retry-after': '1', 'content-type': 'application/problem+json' },
      body: {
        type: 'urn:problem-type:rate-limited-orchestrator:temporarily-unavailable',
        detail: 'Step Functions throttles; repeat the request, with the same idempotency key if it has one',
        retryAfterSeconds: 1,
      },
    });
  });

  it('does not hide a fault of ours', async () => {
    const intake = new AnIntake();
    intake.ports.calls.list = () => Promise.reject(new TypeError('ours'));

    await expect(intake.ask('listCalls')).rejects.toThrow('ours');
  });

  it.each([
    ['PUT', '/calls', 'POST, GET'],
    ['PUT', '/calls/order-7', 'GET, PATCH, DELETE'],
    ['PUT', '/calls/batch', 'POST, GET, PATCH, DELETE'],
    ['POST', '/openapi.json', 'GET'],
  ])('names what a resource has in place of %s %s', async (method, path, allow) => {
    const answer = await ask(method, path);

    expect(answer.headers).toStrictEqual({ 'content-type': 'application/problem+json', allow });
    expect(answer).toMatchObject({
      status: 405,
      body: { detail: `${method} ${path}: expected ${allow}` },
    });
  });

  it.each(['/elsewhere', '/', '/calls/', '/calls/a/b', '/openapi.json/x', `/${'x'.repeat(200)}`])(
    'knows no %s, and says where to read what there is',
    async (path) => {
      expect(await ask('GET', path)).toMatchObject({
        status: 404,
        body: { detail: `${path.slice(0, 80)}: unknown; see GET /openapi.json` },
      });
    },
  );

  it('cuts a path that is too long to be shown', async () => {
    const path = `/calls/${'x'.repeat(200)}`;

    expect((await ask('PUT', path)).body).toMatchObject({
      detail: `PUT ${path.slice(0, 80)}: expected GET, PATCH, DELETE`,
    });
  });
});
