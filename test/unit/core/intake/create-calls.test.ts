import { AnIntake } from '../../../support/an-intake.js';

const CALL = { operation: 'bookOrder', payload: { lines: [1] } };

describe('createCall', () => {
  const create = (intake: AnIntake, body: unknown, key?: string) =>
    intake.ask('createCall', { body, ...(key === undefined ? {} : { headers: { 'idempotency-key': key } }) });

  it('takes a call, and says where to ask for it', async () => {
    const { status, headers, body } = await create(new AnIntake(), { operation: 'getOrder' });

    expect([status, headers]).toEqual([202, { location: '/calls/new-1' }]);
    expect(body).toMatchObject({ id: 'new-1', status: 'RUNNING' });
  });

  it('takes the key from the header, quoted or bare, or from the body, for the same', async () => {
    const intake = new AnIntake();

    const answers = [
      await create(intake, CALL, 'order-7'),
      await create(intake, CALL, '"order-7"'),
      await create(intake, { ...CALL, idempotencyKey: 'order-7' }),
      await create(intake, { ...CALL, idempotencyKey: 'order-7' }, 'order-7'),
    ];

    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202]);
    expect([...intake.executions.values()].map(({ inputJson }) => JSON.parse(inputJson) as unknown)).toEqual([
      { ...CALL, idempotencyKey: 'order-7' },
    ]);
  });

  it.each(['"a', 'a"', 'x"a"', '"a"x'])('keeps a quote that is part of the key: %s', async (key) => {
    const intake = new AnIntake();

    await create(intake, CALL, key);

    expect(JSON.parse([...intake.executions.values()][0]?.inputJson ?? '')).toMatchObject({
      idempotencyKey: key,
    });
  });

  it('refuses two keys that differ', async () => {
    expect(await create(new AnIntake(), { ...CALL, idempotencyKey: 'a' }, 'b')).toMatchObject({
      status: 400,
      body: {
        faults: [
          'idempotencyKey: differs from the Idempotency-Key header; send one of them, or twice the same',
        ],
      },
    });
  });

  it.each([null, [], 7])('refuses %j, whatever its header says', async (body) => {
    const { status, body: problem } = await create(new AnIntake(), body, 'order-7');

    expect([status, problem]).toEqual([
      400,
      expect.objectContaining({
        faults: [expect.stringMatching(/^input: expected an object with an operation but got /)],
      }),
    ]);
  });

  it('refuses what is not JSON, and what does not say that it is', async () => {
    const headers = { 'content-type': 'text/plain' };

    expect(await create(new AnIntake(), '{')).toMatchObject({ body: { faults: ['body: expected JSON'] } });
    expect((await new AnIntake().ask('createCall', { body: CALL, headers })).status).toBe(415);
  });

  it('refuses with every fault at once', async () => {
    expect(await create(new AnIntake(), { operation: 'dropOrder', colour: 1 })).toMatchObject({
      status: 400,
      headers: { 'content-type': 'application/problem+json' },
      body: { detail: 'the request has 2 faults' },
    });
  });
});

describe('createCalls', () => {
  const create = (calls: unknown, more: object = {}) =>
    new AnIntake().ask('createCalls', { body: { calls, ...more } });

  it('takes or refuses each call for itself, in its order', async () => {
    const { status, body } = await create([
      { ...CALL, idempotencyKey: 'a' },
      CALL,
      { ...CALL, idempotencyKey: 'b' },
      7,
    ]);

    const { results } = body as { readonly results: readonly { readonly status: number }[] };
    expect(status).toBe(200);
    expect(results.map((result) => result.status)).toEqual([202, 400, 202, 400]);
    expect(results[0]).toMatchObject({ call: { status: 'RUNNING' } });
    expect(results[1]).toMatchObject({
      problem: { status: 400, faults: [expect.stringMatching(/^idempotencyKey: missing/)] },
    });
  });

  it.each([1, 9, 10, 11, 100])('starts each of %i calls once, at most ten at a time', async (count) => {
    const intake = new AnIntake();
    const start = intake.ports.calls.start.bind(intake.ports.calls);
    let [now, most] = [0, 0];
    intake.ports.calls.start = async (...call) => {
      most = Math.max(most, (now += 1));
      await Promise.resolve();
      const outcome = await start(...call);
      now -= 1;
      return outcome;
    };
    const calls = Array.from({ length: count }, (_, index) => ({ ...CALL, idempotencyKey: `call-${index}` }));

    const { body } = await intake.ask('createCalls', { body: { calls } });

    expect((body as { readonly results: unknown[] }).results).toHaveLength(count);
    expect([...intake.executions.values()].map(({ inputJson }) => JSON.parse(inputJson) as unknown)).toEqual(
      calls,
    );
    expect(most).toBe(Math.min(10, count));
  });

  it.each([
    ['too few', [], ['calls: expected 1 to 100 calls but got 0']],
    ['too many', Array.from({ length: 101 }, () => CALL), ['calls: expected 1 to 100 calls but got 101']],
    ['no list', { ...CALL }, ['calls: expected a list of calls']],
  ])('refuses %s', async (_, calls, faults) => {
    expect((await create(calls)).body).toMatchObject({ status: 400, faults });
  });

  it.each([null, [CALL], 'calls', 7])('refuses the body %j', async (body) => {
    const answer = await new AnIntake().ask('createCalls', { body: JSON.stringify(body) });

    expect(answer.body).toMatchObject({ status: 400, faults: ['calls: expected a list of calls'] });
  });

  it('refuses one key for many calls, and fields that it does not know, at once', async () => {
    const name = 'n'.repeat(100);

    const { body } = await new AnIntake().ask('createCalls', {
      headers: { 'idempotency-key': 'order-7' },
      body: { calls: [], [name]: 1 },
    });

    expect(body).toMatchObject({
      faults: [
        'Idempotency-Key: names one call; give each call of a batch an idempotencyKey of its own',
        'calls: expected 1 to 100 calls but got 0',
        `${name.slice(0, 80)}: unknown field; remove it or correct its name`,
      ],
    });
  });

  it('refuses what is not JSON', async () => {
    expect((await new AnIntake().ask('createCalls', { body: '{' })).body).toMatchObject({
      faults: ['body: expected JSON'],
    });
  });

  it('takes a body that is larger than that of one call may be', async () => {
    const calls = [CALL, CALL].map((call, index) => ({
      ...call,
      ...{ idempotencyKey: `large-${index}`, payload: 'x'.repeat(200_000) },
    }));

    expect((await create(calls)).status).toBe(200);
  });
});
