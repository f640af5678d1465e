import { readinessOf } from '../../../../lambdas/core/dispatch/readiness.js';
import { aConfig } from '../../../support/a-config.js';
import { aTaskRequest } from '../../../support/a-task-request.js';
import { START_MS } from '../../../support/virtual-clock.js';

const CONFIG = aConfig({ livenessAfterMs: 5_000 });
const FIRST_RECEIVE = { nowMs: START_MS, receiveCount: 1 };

describe('readinessOf', () => {
  it('finds the operation of a fresh request, which needs no probe', () => {
    const readiness = readinessOf(CONFIG, aTaskRequest({ operation: 'bookOrder' }), FIRST_RECEIVE);

    expect(readiness).toEqual({
      kind: 'ready',
      operation: CONFIG.operations['bookOrder'],
      probeFirst: false,
    });
  });

  it('refuses an unknown operation with the ones that are known', () => {
    const readiness = readinessOf(CONFIG, aTaskRequest({ operation: 'dropOrder' }), FIRST_RECEIVE);

    const cause = 'operation: unknown "dropOrder"; expected one of getOrder, bookOrder';
    const failure = { error: 'Orchestrator.InvalidRequest', cause };
    expect(readiness).toEqual({ kind: 'settled', disposition: { kind: 'failTask', failure } });
  });

  it.each([
    ['now', START_MS],
    ['in the past', START_MS - 1],
  ])('refuses a request whose deadline is %s', (_when, deadlineMs) => {
    const request = aTaskRequest({ deadline: new Date(deadlineMs).toISOString() });

    const readiness = readinessOf(CONFIG, request, FIRST_RECEIVE);

    const failure = {
      error: 'Orchestrator.DeadlineExceeded',
      cause: `deadline ${new Date(deadlineMs).toISOString()} passed before the call could start; it was not made`,
    };
    expect(readiness).toEqual({ kind: 'settled', disposition: { kind: 'failTask', failure } });
  });

  it.each([
    ['getOrder', 1, /; it was not made$/],
    [
      'getOrder',
      2,
      / passed before an answer came; an earlier delivery of its message may have made the call$/,
    ],
    ['bookOrder', 2, /; it was not made$/],
  ])('claims only what it knows of %s, received %i times', (operation, receiveCount, cause) => {
    const request = aTaskRequest({ operation, deadline: new Date(START_MS).toISOString() });

    expect(readinessOf(CONFIG, request, { nowMs: START_MS, receiveCount })).toMatchObject({
      disposition: { failure: { cause: expect.stringMatching(cause) as string } },
    });
  });

  it('serves a request whose deadline is still to come', () => {
    const request = aTaskRequest({ deadline: new Date(START_MS + 1).toISOString() });

    expect(readinessOf(CONFIG, request, FIRST_RECEIVE).kind).toBe('ready');
  });

  it.each([
    ['has waited just as long as its task is believed to live', 5_000, 1, false],
    ['has waited longer than that', 5_001, 1, true],
    ['was received before', 0, 2, true],
  ])('says whether to probe first when a message %s', (_what, ageMs, receiveCount, probeFirst) => {
    const readiness = readinessOf(CONFIG, aTaskRequest(), { nowMs: START_MS + ageMs, receiveCount });

    expect(readiness).toMatchObject({ kind: 'ready', probeFirst });
  });
});

describe('readinessOf a lookup', () => {
  const lookup = { path: '/bookings', notExecutedStatuses: [404, 410] };
  const operations = {
    bookOrder: { path: '/bookings', effect: 'once' as const, timeoutMs: 3_000, lookup },
    chargeCard: { path: '/charges', effect: 'once' as const, timeoutMs: 3_000 },
  };
  const config = aConfig({ operations });

  it('finds the call that looks it up, which may be repeated', () => {
    const request = aTaskRequest({ operation: 'bookOrder', lookup: true });

    expect(readinessOf(config, request, FIRST_RECEIVE)).toMatchObject({
      kind: 'ready',
      operation: { method: 'GET', path: '/bookings', effect: 'idempotent', timeoutMs: 3_000 },
    });
  });

  it('refuses one where the operation names none', () => {
    const request = aTaskRequest({ operation: 'chargeCard', lookup: true });

    const cause = 'lookup: the configuration of chargeCard names none; add it, or decide without';
    expect(readinessOf(config, request, FIRST_RECEIVE)).toMatchObject({
      kind: 'settled',
      disposition: { kind: 'failTask', failure: { error: 'Orchestrator.InvalidRequest', cause } },
    });
  });
});
