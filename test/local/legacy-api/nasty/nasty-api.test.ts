import type { CallEvent } from '../../../../local/legacy-api/call-book.js';
import { API_FAULTS, type ApiFault, faultOf } from '../../../../local/legacy-api/nasty/api-faults.js';
import { startNastyApi } from '../../../../local/legacy-api/nasty/nasty-api.js';
import type { BookEntry } from '../../../../local/legacy-api/nasty/nasty-book.js';
import { type Received, send, sendAndDie, statuses } from '../send.js';

const SEED = 7;
const SILENCE_MS = 300;

async function startWith(faults: readonly ApiFault[], latencyMs = 5) {
  const events: CallEvent[] = [];
  const api = await startNastyApi({
    ...{ port: 0, limits: [], latency: { medianMs: latencyMs, p99Ms: latencyMs }, seed: SEED, faults },
    ...{ silenceMs: SILENCE_MS, oncePaths: ['/charges'], onCall: (event: CallEvent) => events.push(event) },
  });
  stops.push(() => api.stop());
  return { api, events };
}

const stops: (() => Promise<void>)[] = [];

/** The nth key that meets this fault; different ones draw different forms of it. */
function keysWith(fault: ApiFault, count: number, kind: BookEntry['kind'] = 'call'): readonly string[] {
  return Array.from({ length: 5_000 }, (_, index) => `key-${index}`)
    .filter((idempotencyKey) => faultOf([fault], SEED, { kind, idempotencyKey, nth: 1 }) === fault)
    .slice(0, count);
}

const charge = (url: string, key: string, body = '{"cents":5}'): Promise<Received | undefined> =>
  send(`${url}/charges`, { body, headers: { 'idempotency-key': key } }).catch(() => undefined);

const lookUp = (url: string, key: string) => send(`${url}/charges?idempotencyKey=${key}`);

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

describe('startNastyApi', () => {
  /** What of one call the client hears, and what the book says of it. */
  const TOLD: Readonly<Record<Exclude<ApiFault, '429' | '5xx'>, readonly unknown[]>> = {
    '4xx': [422, { told: 'rejected', committed: undefined }],
    hang: [undefined, { told: 'none', committed: undefined }],
    reset: [undefined, { told: 'none', committed: undefined }],
    'commit-then-timeout': [undefined, { told: 'none', committed: expect.any(String) as string }],
    'commit-then-reset': [undefined, { told: 'none', committed: expect.any(String) as string }],
    garbage: [200, { told: 'unreadable', committed: expect.any(String) as string }],
    oversized: [200, { told: 'oversized', committed: expect.any(String) as string }],
  };

  it.each(Object.entries(TOLD))(
    'books what it did by %s, and tells no more',
    async (fault, [status, entry]) => {
      const { api } = await startWith([fault as ApiFault]);
      const [key = ''] = keysWith(fault as ApiFault, 1);

      const answer = await charge(api.url, key);

      expect(answer?.status).toBe(status);
      expect(api.book()).toMatchObject([
        { kind: 'call', operation: 'POST /charges', fault, ...(entry as object) },
      ]);
    },
  );

  it('answers 429 with Retry-After in seconds, as a date to come, or without', async () => {
    const { api, events } = await startWith(['429']);

    const answers = await Promise.all(keysWith('429', 40).map((key) => charge(api.url, key)));

    const forms = answers.map((answer) => {
      const header = answer?.headers['retry-after'];
      if (header === undefined) return 'none';
      return header === '1' ? 'seconds' : Date.parse(header) > Date.now() - 500 ? 'date' : header;
    });
    expect(new Set(answers.map((answer) => answer?.status))).toEqual(new Set([429]));
    expect(new Set(forms)).toEqual(new Set(['none', 'seconds', 'date']));
    expect(new Set(events.map(({ kind }) => kind))).toEqual(new Set(['notExecuted']));
    // The judge's own figure stays what it says: breaches of the limit.
    expect(api.figures()).toMatchObject({ calls: 40, responses429: 0 });
  });

  it('fails with 5xx before or after it has committed', async () => {
    const { api } = await startWith(['5xx']);

    const answers = await Promise.all(keysWith('5xx', 40).map((key) => charge(api.url, key)));

    expect(new Set(answers.map((answer) => answer?.status))).toEqual(new Set([500, 502, 503]));
    expect(new Set(api.book().map(({ told }) => told))).toEqual(new Set(['failed']));
    expect(new Set(api.book().map(({ committed }) => committed === undefined))).toEqual(
      new Set([true, false]),
    );
  });

  it('sends garbage that is no JSON, and more than a mebibyte that is', async () => {
    const garbling = await startWith(['garbage']);
    const verbose = await startWith(['oversized']);

    const broken = await charge(garbling.api.url, keysWith('garbage', 1)[0] ?? '');
    const large = await charge(verbose.api.url, keysWith('oversized', 1)[0] ?? '');

    expect(() => JSON.parse(broken?.body ?? 'null') as unknown).toThrow(SyntaxError);
    expect(large?.body.length).toBeGreaterThan(2 ** 20);
    expect(() => JSON.parse(large?.body ?? '') as unknown).not.toThrow();
  });

  it('stays in flight while it is silent', async () => {
    const { api } = await startWith(['hang']);
    const keys = keysWith('hang', 3);

    await Promise.all(keys.map((key) => charge(api.url, key)));

    expect(api.figures().maxInFlight).toBe(3);
  });

  it('commits a key anew where that does harm, and once everywhere else', async () => {
    const { api } = await startWith([]);
    const order = () => send(`${api.url}/orders`, { body: '{}', headers: { 'idempotency-key': 'a' } });

    const charges = [await charge(api.url, 'a'), await charge(api.url, 'a')];
    const orders = [await order(), await order()];

    expect(charges[0]?.body).not.toBe(charges[1]?.body);
    expect(orders[0]?.body).toBe(orders[1]?.body);
    expect(api.book().map(({ committed }) => committed === undefined)).toEqual([false, false, false, true]);
  });

  it('answers a lookup with what was committed, or 404, and counts it as a call', async () => {
    const { api } = await startWith([]);
    const charged = await charge(api.url, 'a');

    const lookups = [await lookUp(api.url, 'a'), await lookUp(api.url, 'b')];

    expect(statuses(lookups)).toEqual([200, 404]);
    expect(lookups[0]?.body).toBe(charged?.body);
    expect(api.book().map(({ kind, told }) => [kind, told])).toEqual([
      ['call', 'result'],
      ['lookup', 'result'],
      ['lookup', 'notFound'],
    ]);
    expect(api.figures().calls).toBe(3);
  });

  it('is nasty to lookups too, without committing anything', async () => {
    const { api } = await startWith(['garbage']);
    const [key = ''] = keysWith('garbage', 1, 'lookup');

    const answer = await lookUp(api.url, key);

    expect(answer.status).toBe(200);
    expect(api.book()).toMatchObject([{ kind: 'lookup', told: 'unreadable', committed: undefined }]);
  });

  it('books a result that nobody was left to hear as told to no one', async () => {
    const { api } = await startWith([], 300);

    await sendAndDie(`${api.url}/orders`, 100, { 'idempotency-key': 'a' });
    await charge(api.url, 'b');

    expect(api.book()[0]).toMatchObject({ idempotencyKey: 'a', told: 'none', toldAtMs: undefined });
    expect(api.book()[0]?.committed).toEqual(expect.any(String));
  });

  it('commits every fault in its list', () => {
    expect(Object.keys(API_FAULTS).sort()).toEqual([...Object.keys(TOLD), '429', '5xx'].sort());
  });
});
