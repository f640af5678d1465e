import {
  CALL_EVENTS,
  callEventSource,
  parseCallEvent,
  whatWasRequested,
} from '../../../../lambdas/core/contracts/call-events.js';

const REQUESTED = { 'detail-type': 'LegacyCallRequested', id: 'abc-1', detail: { operation: 'getOrder' } };

const ENDED = {
  'detail-type': 'Step Functions Execution Status Change',
  detail: { executionArn: 'arn:execution', name: 'event-abc-1', status: 'FAILED' },
};

const parse = (event: unknown) => parseCallEvent(JSON.stringify(event));

describe('the names of events, which senders and rules rely on', () => {
  it('are these', () => {
    expect(CALL_EVENTS).toEqual({
      requested: 'LegacyCallRequested',
      succeeded: 'LegacyCallSucceeded',
      failed: 'LegacyCallFailed',
    });
    expect(callEventSource('erp')).toBe('rate-limited-orchestrator.erp');
  });
});

describe('parseCallEvent', () => {
  it('reads a request, whatever its detail is: the state machine judges that', () => {
    expect(parse(REQUESTED)).toEqual({ kind: 'requested', id: 'abc-1', detail: { operation: 'getOrder' } });
    expect(parse({ ...REQUESTED, detail: 7 })).toMatchObject({ kind: 'requested', detail: 7 });
  });

  it('reads the end of an execution, with nulls where Step Functions has nothing to say', () => {
    const nothing = { input: null, output: null, outputDetails: null, error: null, cause: null };

    expect(parse({ ...ENDED, detail: { ...ENDED.detail, ...nothing } })).toMatchObject({
      kind: 'ended',
      end: { name: 'event-abc-1', status: 'FAILED', input: null },
    });
  });

  it('refuses an execution that still runs', () => {
    expect(parse({ ...ENDED, detail: { ...ENDED.detail, status: 'RUNNING' } }).kind).toBe('foreign');
  });

  it.each(['', 'a b', 'a'.repeat(65)])('refuses the id %p, of which no execution can be named', (id) => {
    expect(parse({ ...REQUESTED, id })).toMatchObject({
      kind: 'foreign',
      faults: [
        expect.stringMatching(/^id: expected an id of up to 64 letters, digits and hyphens/) as string,
      ],
    });
  });

  it.each(['', '{', '7', '{"detail-type":"Other"}'])('refuses %p', (body) => {
    expect(parseCallEvent(body).kind).toBe('foreign');
  });
});

describe('whatWasRequested', () => {
  it('tells operation, keys and tenant, and never the payload', () => {
    const asked = { operation: 'a', idempotencyKey: 'k', tenant: 't', orderingKey: 'o' };
    const request = { ...asked, payload: { secret: 1 } };

    expect(whatWasRequested(JSON.stringify(request))).toEqual({
      ...asked,
    });
  });

  it.each(['', '[]', '7', '{"operation":7}'])('tells nothing of %p', (input) => {
    expect(whatWasRequested(input)).toEqual({});
  });
});
