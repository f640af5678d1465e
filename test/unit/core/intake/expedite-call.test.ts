import { OPEN_CONTROL } from '../../../../lambdas/core/control.js';
import type { FoundCall } from '../../../../lambdas/core/intake/ports.js';
import { aConfig } from '../../../support/a-config.js';
import { aFoundCall, AnIntake, type Asked, standingWith } from '../../../support/an-intake.js';
import { aTaskRequestBody } from '../../../support/a-task-request.js';
import { START_MS } from '../../../support/virtual-clock.js';

/** Full at two minutes of HIGH calls, one of which starts a second. */
const config = aConfig({ intake: { backlogBudgetSeconds: { HIGH: 120 } }, livenessAfterMs: 5_000 });

const HAS_WAITED_MS = 60_000;

/** A call that has waited for a minute, and may pass as HIGH. */
function aWaitingCall(more: Partial<FoundCall> = {}): AnIntake {
  const intake = new AnIntake(config);
  intake.put(aFoundCall(more));
  intake.waitingMessage = aTaskRequestBody({ enqueuedAt: new Date(START_MS - HAS_WAITED_MS).toISOString() });
  return intake;
}

const expedite = (intake: AnIntake, more: Asked = {}) =>
  intake.ask('expediteCall', { id: 'call-1', body: { priority: 'HIGH' }, ...more });

describe('expediteCall', () => {
  it('sends a copy as HIGH, in the group of its tenant, and rings for it', async () => {
    const intake = aWaitingCall();
    intake.waitingMessage = aTaskRequestBody({
      ...{ enqueuedAt: new Date(START_MS - HAS_WAITED_MS).toISOString(), tenant: 'customer-7' },
    });

    expect(await expedite(intake)).toEqual({
      status: 202,
      body: {
        ...{ id: 'call-1', status: 'RUNNING', servedAs: 'HIGH' },
        links: {
          self: { href: '/calls/call-1' },
          cancel: { href: '/calls/call-1', method: 'DELETE' },
          expedite: { href: '/calls/call-1', method: 'PATCH' },
        },
      },
    });
    expect(intake.sent).toEqual([
      { tenant: 'customer-7', body: expect.stringContaining('"priority":"HIGH"') as string },
    ]);
    expect(intake.rings).toBe(1);
  });

  it('sends nothing where HIGH has no room for a call that came as HIGH either', async () => {
    const room = aWaitingCall();
    room.standing = standingWith(118);
    const full = aWaitingCall();
    full.standing = standingWith(1_000);

    expect((await expedite(room)).status).toBe(202);
    expect(await expedite(full)).toMatchObject({ status: 503, body: { priority: 'HIGH' } });
    expect(full.sent).toEqual([]);
  });

  it('sends a copy where nobody can say how much waits', async () => {
    const intake = aWaitingCall();
    intake.standing = undefined;

    expect((await expedite(intake)).status).toBe(202);
  });

  it.each<[string, (intake: AnIntake) => void, string]>([
    [
      'HIGH is paused',
      (intake) => {
        intake.standing = standingWith(0, { control: { ...OPEN_CONTROL, paused: ['HIGH'] } });
      },
      'call call-1: HIGH is paused',
    ],
    [
      'it does not wait',
      (intake) => {
        intake.waitingMessage = undefined;
      },
      'call call-1: no call of it waits now',
    ],
    [
      'it is HIGH already',
      (intake) => {
        intake.waitingMessage = aTaskRequestBody({ priority: 'HIGH' });
      },
      'call call-1: it is HIGH already',
    ],
  ])('says why it cannot where %s', async (_, arrange, detail) => {
    const intake = aWaitingCall();
    arrange(intake);

    expect(await expedite(intake)).toMatchObject({ status: 409, body: { detail } });
    expect([intake.sent, intake.rings]).toEqual([[], 0]);
  });

  it('asks for patience until every slot probes the original, and not a moment longer', async () => {
    const begun = (waitedMs: number) => {
      const intake = aWaitingCall();
      intake.waitingMessage = aTaskRequestBody({ enqueuedAt: new Date(START_MS - waitedMs).toISOString() });
      return expedite(intake);
    };

    expect(await begun(3_500)).toMatchObject({
      status: 409,
      headers: { 'retry-after': '3' },
      body: { detail: 'call call-1: it has only just begun to wait; repeat the request' },
    });
    expect((await begun(6_000)).status).toBe(202);
  });

  it('sends nothing for a call that has ended', async () => {
    const intake = aWaitingCall({ status: 'FAILED' });

    expect(await expedite(intake)).toMatchObject({
      status: 409,
      body: {
        type: 'urn:problem-type:rate-limited-orchestrator:call-ended',
        detail: 'call call-1 has ended: FAILED',
      },
    });
    expect(intake.sent).toEqual([]);
  });

  it.each([
    [
      { priority: 'BATCH', tenant: 'x' },
      [
        'priority: expected HIGH; a call that waits can become the most urgent, and nothing else',
        'tenant: cannot be changed; remove it',
      ],
    ],
    [{ priority: 'HIGH', ['n'.repeat(100)]: 1 }, [`${'n'.repeat(80)}: cannot be changed; remove it`]],
    [null, ['body: expected an object such as {"priority":"HIGH"}']],
    ['"HIGH"', ['body: expected an object such as {"priority":"HIGH"}']],
    [[], ['body: expected an object such as {"priority":"HIGH"}']],
    ['{', ['body: expected JSON']],
  ])('changes nothing else: %j', async (body, faults) => {
    expect((await expedite(aWaitingCall(), { body })).body).toMatchObject({ status: 400, faults });
  });
});
