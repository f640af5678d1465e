import { parseCallRequest } from '../../../../lambdas/core/contracts/call-request.js';
import { aConfig } from '../../../support/a-config.js';

const config = aConfig();
const NOW_MS = Date.parse('2030-01-01T00:00:00Z');

function faultsOf(input: unknown): readonly string[] {
  const parsed = parseCallRequest(input, config, NOW_MS);
  return parsed.kind === 'refused' ? parsed.faults : [];
}

describe('parseCallRequest', () => {
  it('returns a sound request as it was given', () => {
    const request = {
      operation: 'bookOrder',
      payload: { lines: [1, null, 'two'] },
      priority: 'HIGH',
      idempotencyKey: 'invoice-7',
      tenant: 'north',
      deadline: '2030-01-31T12:00:00+01:00',
      notBefore: '2030-01-31T11:59:59+01:00',
    };

    expect(parseCallRequest(request, config, NOW_MS)).toEqual({ kind: 'request', request });
  });

  it('adds no defaults: those are the state machine’s', () => {
    expect(parseCallRequest({ operation: 'getOrder' }, config, NOW_MS)).toEqual({
      kind: 'request',
      request: { operation: 'getOrder' },
    });
  });

  it.each([[null], [[]], ['getOrder'], [undefined]])('refuses what is no object: %j', (input) => {
    expect(faultsOf(input)).toEqual([expect.stringMatching(/^input: expected an object with an operation/)]);
  });

  it('refuses with every fault at once', () => {
    expect(
      faultsOf({ priority: 'LOW', idempotencyKey: '', tenant: '', deadline: 'soon', colour: 1, size: 2 }),
    ).toEqual([
      'operation: expected one of getOrder, bookOrder',
      'priority: expected one of HIGH, NORMAL, BATCH but got LOW',
      'idempotencyKey: expected a text of 1 to 256 visible ASCII characters',
      'tenant: expected a text of 1 to 128 characters',
      'deadline: expected an ISO 8601 instant such as 2030-01-31T12:00:00Z but got soon',
      'colour: unknown field; remove it or correct its name',
      'size: unknown field; remove it or correct its name',
    ]);
  });

  it('takes an ordering key where order is kept, and elsewhere says what to configure', () => {
    const ordered = aConfig({ ordering: 'perKey' });
    const faultsWhereOrdered = (orderingKey: unknown) => {
      const parsed = parseCallRequest({ operation: 'getOrder', orderingKey }, ordered, NOW_MS);
      return parsed.kind === 'refused' ? parsed.faults : [];
    };

    expect(faultsWhereOrdered('x'.repeat(128))).toEqual([]);
    expect(faultsWhereOrdered('x'.repeat(129))).toEqual([
      'orderingKey: expected a text of 1 to 128 characters',
    ]);
    expect(faultsOf({ operation: 'getOrder', orderingKey: 'customer-7' })).toEqual([
      'orderingKey: no order is kept here; configure ordering as perKey for this orchestrator, or remove the field',
    ]);
  });

  it('refuses a call that must not be done twice without a key', () => {
    expect(faultsOf({ operation: 'bookOrder' })).toEqual([
      'idempotencyKey: missing; add a key of your business, because bookOrder must not be done twice',
    ]);
  });

  it('refuses an instant that no execution reaches, or that comes after the deadline', () => {
    const operation = 'getOrder';
    const [due, late, far] = ['2030-02-01T12:00:00Z', '2030-12-17T00:00:00Z', '2030-12-17T00:00:00.001Z'];

    expect(faultsOf({ operation, notBefore: late })).toEqual([]);
    expect(faultsOf({ operation, notBefore: far })).toEqual([
      `notBefore: expected an instant at most 350 days from now but got ${far}; start the execution later, because it lives for one year`,
    ]);
    expect(faultsOf({ operation, notBefore: due, deadline: '2030-02-01T13:00:00+01:00' })).toEqual([
      `notBefore: expected an instant before the deadline 2030-02-01T13:00:00+01:00 but got ${due}; the call could never be made`,
    ]);
    expect(faultsOf({ operation, notBefore: '2030-02-29T12:00:00Z' })).toEqual([
      'notBefore: expected an ISO 8601 instant such as 2030-01-31T12:00:00Z but got 2030-02-29T12:00:00Z',
    ]);
  });

  it.each(['__proto__', 'constructor', 'toString'])(
    'refuses the field and the operation %s, which every object inherits',
    (name) => {
      const input = JSON.parse(`{"operation":"${name}","${name}":1}`) as unknown;

      expect(faultsOf(input)).toEqual([
        `operation: expected one of getOrder, bookOrder but got ${name}`,
        `${name}: unknown field; remove it or correct its name`,
      ]);
    },
  );

  it('refuses what is nested beyond the stack instead of throwing', () => {
    const deep: unknown = JSON.parse('['.repeat(120_000) + ']'.repeat(120_000));

    expect(faultsOf({ operation: deep, payload: deep })).toEqual([
      'operation: expected one of getOrder, bookOrder but got a value nested too deeply',
      'payload: expected a value that can be written as JSON; flatten what is nested too deeply',
    ]);
  });
});
