import * as v from 'valibot';
import {
  acceptedCallSchema,
  batchAnswerSchema,
  callDetailsSchema,
  callPageSchema,
  callSummarySchema,
  expeditedCallSchema,
  problemSchema,
} from '../../../../lambdas/core/contracts/intake-answers.js';

const STARTED_AT = '2030-01-31T12:00:00.000Z';

const call = {
  id: 'invoice-7',
  status: 'RUNNING',
  links: {
    self: { href: '/calls/invoice-7' },
    cancel: { href: '/calls/invoice-7', method: 'DELETE' },
    expedite: { href: '/calls/invoice-7', method: 'PATCH' },
  },
};

const accepted = { ...call, estimate: { position: 3, startsAt: STARTED_AT } };
const summary = { ...call, startedAt: STARTED_AT, endedAt: null };
const details = {
  ...{ ...summary, operation: 'bookOrder', priority: 'HIGH', idempotencyKey: 'invoice-7' },
  ...{ phase: 'queued', estimate: null },
};
const problem = {
  type: 'urn:problem',
  title: 'no',
  status: 400,
  detail: 'why',
  faults: ['operation: missing'],
};

const SCHEMAS = {
  acceptedCallSchema: [acceptedCallSchema, accepted],
  callSummarySchema: [callSummarySchema, { ...summary, operation: 'bookOrder', priority: 'HIGH' }],
  callDetailsSchema: [callDetailsSchema, { ...details, result: { ok: true } }],
  callPageSchema: [callPageSchema, { calls: [summary], cursor: null }],
  expeditedCallSchema: [expeditedCallSchema, { ...call, servedAs: 'HIGH' }],
  problemSchema: [problemSchema, problem],
  batchAnswerSchema: [
    batchAnswerSchema,
    {
      results: [
        { status: 202, call: accepted },
        { status: 400, problem },
      ],
    },
  ],
} as const;

/** Of any type: what the legacy API answered. */
const UNTYPED = ['result'];

const takes = (schema: v.GenericSchema, value: unknown) => v.safeParse(schema, value).success;

describe('the answers of the intake', () => {
  it.each(Object.entries(SCHEMAS))('are described by %s, every field of them', (_name, [schema, answer]) => {
    expect(v.parse(schema, answer)).toEqual(answer);
    expect(takes(schema, { ...answer, more: 1 })).toBe(false);
    for (const field of Object.keys(answer).filter((name) => !UNTYPED.includes(name)))
      expect([field, takes(schema, { ...answer, [field]: Symbol() })]).toEqual([field, false]);
  });

  it.each(['paused', 'quota', 'unpaced'])('say that nobody can tell, because of %s', (unknownBecause) => {
    const estimate = { position: 1, startsAt: null, unknownBecause };

    expect(takes(acceptedCallSchema, { ...call, estimate })).toBe(true);
    expect(takes(acceptedCallSchema, { ...call, estimate: { ...estimate, unknownBecause: 'x' } })).toBe(
      false,
    );
  });

  it.each(['done', 'queued', 'calling', 'queuedOrCalling', 'betweenCalls'])('know the phase %s', (phase) => {
    expect(takes(callDetailsSchema, { ...details, phase })).toBe(true);
    expect(takes(callDetailsSchema, { ...details, phase: `${phase}!` })).toBe(false);
  });

  it.each(['cancel', 'expedite'])('link to %s by its method, and to nothing else', (name) => {
    const linked = (link: unknown) =>
      takes(expeditedCallSchema, {
        ...{ ...call, servedAs: 'HIGH' },
        links: { self: call.links.self, [name]: link },
      });

    expect(linked(call.links[name as 'cancel'])).toBe(true);
    expect(linked({ href: '/x', method: '' })).toBe(false);
    expect(linked({})).toBe(false);
  });
});
