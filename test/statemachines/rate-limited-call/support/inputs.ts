import fc from 'fast-check';

/** Names that objects inherit, halves of characters, expressions, and line ends that a pattern may overlook. */
const NASTY = [
  ...['__proto__', 'constructor', 'toString', 'sequence', 'length', ''],
  ...['\ud800', 'a\udc00b', '\u0000', '{% $states.input %}', 'key\n', '2030-01-31T12:00:00Z\n'],
] as const;

const nasty = fc.constantFrom(...NASTY);

const nastyJson = fc.oneof(
  nasty,
  fc.constantFrom(1e308, 5e-324, 2 ** 53, 1e21),
  fc.integer({ min: 1, max: 500 }).map((depth): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth))),
  fc.dictionary(nasty, fc.oneof(nasty, fc.jsonValue())),
);

/** Sound nine times in ten, so that many inputs have no fault and many have one. */
const mostly = <T>(sound: fc.Arbitrary<T>, other: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 18, arbitrary: sound },
    { weight: 1, arbitrary: other },
    { weight: 1, arbitrary: fc.oneof(fc.jsonValue(), nastyJson) },
  );

const digits = (least: number, most: number, width = 2) =>
  fc.integer({ min: least, max: most }).map((value) => String(value).padStart(width, '0'));

/** Instants that look right; some of them do not exist. */
const instantLike = fc
  .tuple(
    ...[digits(0, 9_999, 4), digits(0, 13), digits(0, 32), digits(0, 24), digits(0, 60)],
    fc.constantFrom('', ':00', ':59.9', ':60', ':07.123456789'),
    fc.constantFrom('Z', '+02:00', '-23:59', '+24:00', ''),
  )
  .map(
    ([year, month, day, hour, minute, second, zone]) =>
      `${year}-${month}-${day}T${hour}:${minute}${second}${zone}`,
  );

/** As above, on days of which some do not exist. */
const noTimeOfDay = fc
  .tuple(digits(1970, 2025, 4), digits(1, 12), digits(28, 31))
  .map(([year, month, day]) => `${year}-${month}-${day}T12:00Z`);

const instant = fc
  .date({ min: new Date(0), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true })
  .map((date) => date.toISOString());

/** No served call is to wait here: what is due has passed before the tests' own time, and the rest is refused. */
const due = fc
  .date({ min: new Date(0), max: new Date('2026-01-31T12:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString());

const tooFar = fc
  .date({ min: new Date('2027-02-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true })
  .map((date) => date.toISOString());

const text = (maxLength: number) => fc.string({ unit: 'binary', maxLength });

const request = fc.record(
  {
    operation: mostly(fc.constantFrom('createOrder', 'getOrder'), fc.constantFrom('chargeCard', 'dropOrder')),
    payload: fc.oneof(fc.jsonValue({ stringUnit: 'binary' }), nastyJson),
    priority: mostly(fc.constantFrom('HIGH', 'NORMAL', 'BATCH'), fc.constantFrom('LOW', 'high')),
    idempotencyKey: mostly(fc.stringMatching(/^[!-~]{1,256}$/), text(300)),
    tenant: mostly(fc.string({ unit: 'binary', minLength: 1, maxLength: 64 }), text(160)),
    orderingKey: mostly(fc.string({ unit: 'binary', minLength: 1, maxLength: 64 }), text(160)),
    deadline: mostly(instant, instantLike),
    notBefore: mostly(due, fc.oneof(tooFar, noTimeOfDay)),
  },
  { requiredKeys: ['operation'] },
);

/** What a caller may send, sound or not. */
export const input = mostly(
  request,
  fc
    .tuple(request, fc.dictionary(fc.oneof(text(20), nasty), fc.jsonValue()))
    .map(([known, unknown]) => ({ ...unknown, ...known })),
  // As Step Functions receives it: without negative zeros.
).map((value): unknown => JSON.parse(JSON.stringify(value)));
