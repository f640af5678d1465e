import { aFoundCall, AnIntake } from '../../../support/an-intake.js';
import { START_MS } from '../../../support/virtual-clock.js';

const STARTED_AT = new Date(START_MS).toISOString();

function aListOf(count: number): AnIntake {
  const intake = new AnIntake();
  const calls = Array.from({ length: count }, (_, index) =>
    intake.put(
      aFoundCall({
        id: `call-${index}`,
        inputJson: JSON.stringify({ operation: 'getOrder', priority: index % 2 === 0 ? 'HIGH' : 'BATCH' }),
      }),
    ),
  );
  intake.page = { calls, cursor: 'next' };
  return intake;
}

const list = (intake: AnIntake, query: Readonly<Record<string, string>> = {}) =>
  intake.ask('listCalls', { query });

describe('listCalls', () => {
  it('shows the newest, and how to go on', async () => {
    const intake = aListOf(1);

    expect(await list(intake)).toEqual({
      status: 200,
      body: {
        calls: [
          {
            ...{ id: 'call-0', status: 'RUNNING', startedAt: STARTED_AT, endedAt: null },
            links: expect.objectContaining({ self: { href: '/calls/call-0' } }) as unknown,
          },
        ],
        cursor: 'next',
      },
    });
    expect(intake.listed).toEqual([{ status: undefined, cursor: undefined, most: 20 }]);
    intake.page = { calls: [], cursor: undefined };
    expect((await list(intake)).body).toEqual({ calls: [], cursor: null });
  });

  it('asks Step Functions for a status, a page and as many as may be', async () => {
    const intake = aListOf(0);

    await list(intake, { status: 'FAILED', cursor: 'from-here', limit: '100' });
    await list(intake, { limit: '1' });

    expect(intake.listed).toEqual([
      { status: 'FAILED', cursor: 'from-here', most: 100 },
      { status: undefined, cursor: undefined, most: 1 },
    ]);
  });

  it('looks a page through for one class, five calls at a time, and leaves out what is gone', async () => {
    const intake = aListOf(13);
    intake.executions.delete('call-0');
    const find = intake.ports.calls.find.bind(intake.ports.calls);
    let [now, most] = [0, 0];
    intake.ports.calls.find = async (name) => {
      most = Math.max(most, (now += 1));
      await Promise.resolve();
      now -= 1;
      return find(name);
    };

    const { body } = await list(intake, { priority: 'HIGH' });

    const { calls } = body as { readonly calls: readonly { readonly id: string }[] };
    expect(calls.map(({ id }) => id)).toEqual(['call-2', 'call-4', 'call-6', 'call-8', 'call-10', 'call-12']);
    expect(calls[0]).toMatchObject({ operation: 'getOrder', priority: 'HIGH' });
    expect(most).toBe(5);
  });

  it('refuses with every fault at once', async () => {
    const name = 'p'.repeat(100);
    const intake = aListOf(0);

    expect(
      await list(intake, { priority: 'LOW', status: 'x'.repeat(100), limit: '0', [name]: '2' }),
    ).toMatchObject({
      status: 400,
      body: {
        faults: [
          'priority: expected one of HIGH, NORMAL, BATCH but got LOW',
          `status: expected one of RUNNING, SUCCEEDED, FAILED, TIMED_OUT, ABORTED, PENDING_REDRIVE but got ${'x'.repeat(80)}`,
          'limit: expected a whole number from 1 to 100 but got 0',
          `${name.slice(0, 80)}: unknown parameter; remove it or correct its name`,
        ],
      },
    });
    expect(intake.listed).toEqual([]);
  });

  it.each(['101', '1.5', 'ten', '-1'])('refuses a page of %s', async (limit) => {
    expect((await list(aListOf(0), { limit })).body).toMatchObject({
      faults: [`limit: expected a whole number from 1 to 100 but got ${limit}`],
    });
  });

  it('refuses a cursor that no list returned', async () => {
    const intake = aListOf(0);
    intake.page = 'badCursor';

    expect(await list(intake, { cursor: 'nonsense' })).toMatchObject({
      status: 400,
      body: {
        detail: 'the request has 1 fault',
        faults: ['cursor: expected one that a list returned within the last day'],
      },
    });
  });
});
