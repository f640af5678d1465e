import type { OrchestratorConfigInput } from '../../../../lambdas/core/config/orchestrator-config.js';
import { ConfigError, parseConfig } from '../../../../lambdas/core/config/parse-config.js';
import { aConfigInput } from '../../../support/a-config.js';
import { faultsOf } from '../../../support/faults-of.js';

type More = Partial<OrchestratorConfigInput>;

const GET_ORDER = { path: '/orders', effect: 'idempotent', timeoutMs: 3_000 } as const;
const BOOK_ORDER = { path: '/bookings', effect: 'once', timeoutMs: 3_000 } as const;

/** Without the rules of fields that do not fit together, which a bound alone may break. */
const faultsWith = (more: More) =>
  faultsOf(() => parseConfig(aConfigInput(more))).filter((fault) => fault.includes(': expected '));

const operation = (more: object): More => ({ operations: { getOrder: { ...GET_ORDER, ...more } } });
const lookup = (more: object): More => ({
  operations: { bookOrder: { ...BOOK_ORDER, lookup: { path: '/b', ...more } } },
});
const high = (more: object): More => ({ priorities: { HIGH: more } });

describe('the bounds of a configuration', () => {
  it.each<[string, string, number, number, (value: number) => More]>([
    ['limits[0].calls', 'calls', 1, 1_000_000, (calls) => ({ limits: [{ calls, windowMs: 1 }] })],
    [
      'limits[0].windowMs',
      'milliseconds',
      1,
      2_678_400_000,
      (windowMs) => ({ limits: [{ calls: 9, windowMs }] }),
    ],
    ['slots', 'slots', 1, 900, (slots) => ({ slots })],
    ['arrivalJitterMs', 'milliseconds', 0, 10_000, (arrivalJitterMs) => ({ arrivalJitterMs })],
    ['serviceTimeMaxMs', 'milliseconds', 1, 600_000, (serviceTimeMaxMs) => ({ serviceTimeMaxMs })],
    ['connectionIdleMaxMs', 'milliseconds', 0, 600_000, (connectionIdleMaxMs) => ({ connectionIdleMaxMs })],
    ['operations.getOrder.timeoutMs', 'milliseconds', 1, 600_000, (timeoutMs) => operation({ timeoutMs })],
    [
      'operations.bookOrder.lookup.notExecutedStatuses[0]',
      'an HTTP status',
      400,
      499,
      (status) => lookup({ notExecutedStatuses: [status] }),
    ],
    [
      'priorities.HIGH.taskTimeoutSeconds',
      'seconds',
      60,
      1_123_200,
      (taskTimeoutSeconds) => high({ taskTimeoutSeconds }),
    ],
    [
      'priorities.HIGH.ageObjectiveSeconds',
      'seconds',
      1,
      1_123_200,
      (ageObjectiveSeconds) => high({ ageObjectiveSeconds }),
    ],
    ['slotBudgetMs', 'milliseconds', 1_000, 600_000, (slotBudgetMs) => ({ slotBudgetMs })],
    ['ringEveryMs', 'milliseconds', 100, 60_000, (ringEveryMs) => ({ ringEveryMs })],
    ['lingerSeconds', 'seconds', 1, 20, (lingerSeconds) => ({ lingerSeconds })],
    ['livenessAfterMs', 'milliseconds', 0, 3_600_000, (livenessAfterMs) => ({ livenessAfterMs })],
    ['maxDeferrals', 'deferrals', 0, 100, (maxDeferrals) => ({ maxDeferrals })],
    ['maxReceiveCount', 'receives', 2, 1_000, (maxReceiveCount) => ({ maxReceiveCount })],
    ['ledgerRetentionDays', 'days', 42, 3_650, (ledgerRetentionDays) => ({ ledgerRetentionDays })],
    ['memoryMb', 'MB', 128, 10_240, (memoryMb) => ({ memoryMb })],
    [
      'intake.requestsPerSecond',
      'requests per second',
      1,
      10_000,
      (requestsPerSecond) => ({ intake: { requestsPerSecond } }),
    ],
    ['intake.requestsBurst', 'requests', 1, 5_000, (requestsBurst) => ({ intake: { requestsBurst } })],
    [
      'intake.backlogBudgetSeconds.BATCH',
      'seconds',
      1,
      1_123_200,
      (BATCH) => ({ intake: { backlogBudgetSeconds: { BATCH } } }),
    ],
    ['resultOffload.bytesMax', 'bytes', 262_144, 16_777_216, (bytesMax) => ({ resultOffload: { bytesMax } })],
    [
      'resultOffload.retentionDays',
      'days',
      1,
      3_650,
      (retentionDays) => ({ resultOffload: { retentionDays } }),
    ],
    ['batchLoad.retentionDays', 'days', 1, 3_650, (retentionDays) => ({ batchLoad: { retentionDays } })],
    [
      'priorities.HIGH.tenantAllowance.calls',
      'calls',
      1,
      1_000_000,
      (calls) => high({ tenantAllowance: { calls, windowSeconds: 60 } }),
    ],
    [
      'priorities.HIGH.tenantAllowance.windowSeconds',
      'seconds',
      1,
      86_400,
      (windowSeconds) => high({ tenantAllowance: { calls: 60, windowSeconds } }),
    ],
  ])('are for %s a whole number of %s from %i to %i', (path, unit, least, most, withValue) => {
    const allowed = `${path}: expected a whole number of ${unit} from ${least} to ${most} but got`;

    expect([least, most].flatMap((value) => faultsWith(withValue(value)))).toEqual([]);
    expect([least - 1, most + 1].flatMap((value) => faultsWith(withValue(value)))).toEqual([
      `${allowed} ${least - 1}`,
      `${allowed} ${most + 1}`,
    ]);
  });

  it.each<[string, More]>([
    [
      'name: expected a name of 2 to 40 characters a-z, 0-9 and -, starting with a letter but got "e"',
      { name: 'e' },
    ],
    [
      'baseUrl: expected an https:// address without query or credentials (http:// only on a loopback address) but got "erp"',
      { baseUrl: 'erp' },
    ],
    [
      'operations.getOrder.path: expected a path that starts with /, or an empty text but got "orders"',
      operation({ path: 'orders' }),
    ],
    [
      'operations.bookOrder.lookup.path: expected a path that starts with /, or an empty text but got "b"',
      lookup({ path: 'b' }),
    ],
    [
      'operations.bookOrder.lookup.notExecutedStatuses: expected at least one status but got 0',
      lookup({ notExecutedStatuses: [] }),
    ],
    [
      'operations.getOrder.retryableStatuses[0]: expected a status from 400 to 599 that proves that the call was not executed (429 always does) but got 399',
      operation({ retryableStatuses: [399] }),
    ],
    [
      'priorities.HIGH.minShareRatio: expected a ratio from 0 to 1 but got -0.1',
      high({ minShareRatio: -0.1 }),
    ],
    ['priorities.HIGH.minShareRatio: expected a ratio from 0 to 1 but got 1.1', high({ minShareRatio: 1.1 })],
    ['operations: expected at least one operation but got an object', { operations: {} }],
    [
      'operations.2nd: expected an operation name of A-Z, a-z, 0-9, _, . and - but got "2nd"',
      { operations: { '2nd': GET_ORDER } },
    ],
    [
      'operations: expected operation names other than __proto__, constructor, prototype but got an object',
      { operations: { getOrder: GET_ORDER, prototype: GET_ORDER } },
    ],
  ])('are told in words: %s', (fault, more) => {
    expect(faultsWith(more)).toEqual([fault]);
  });

  it.each<[string, More]>([
    ['an empty path', operation({ path: '' })],
    ['no path', { operations: { getOrder: { effect: 'idempotent', timeoutMs: 1 } } }],
    ['the path /', operation({ path: '/' })],
    ['an empty lookup path', lookup({ path: '' })],
    ['a lookup path', lookup({ path: '/bookings' })],
    ['a loopback address of other digits', { baseUrl: 'http://127.100.20.255' }],
    ['an operation name of 128 characters', { operations: { ['o'.repeat(128)]: GET_ORDER } }],
    ['an operation name with every sign', { operations: { 'a_.-9Z': GET_ORDER } }],
    ['a name of two characters', { name: 'e9' }],
    ['a name of 40 characters', { name: `e${'-'.repeat(38)}p` }],
    ['every retryable status but 429', operation({ retryableStatuses: [400, 428, 430, 599] })],
    ['a lookup by POST', lookup({ method: 'POST' })],
    ['an upper-case address', { baseUrl: 'HTTPS://ERP.example.com' }],
    ['an upper-case loopback address', { baseUrl: 'HTTP://LOCALHOST' }],
    ['a port of five digits', { baseUrl: 'https://erp.example.com:65535/' }],
    ['a share of nothing', high({ minShareRatio: 0 })],
  ])('hold %s', (_what, more) => {
    expect(faultsWith(more)).toEqual([]);
  });

  it.each<[string, More]>([
    ['a path after a space', operation({ path: ' /orders' })],
    ['a path with a space', operation({ path: '/or ders' })],
    ['a lookup path after a space', lookup({ path: ' /b' })],
    ['a lookup path with a space', lookup({ path: '/b c' })],
    ['an operation name of 129 characters', { operations: { ['o'.repeat(129)]: GET_ORDER } }],
    ['an operation name with a space', { operations: { 'get order': GET_ORDER } }],
    ['an operation name after a space', { operations: { ' getOrder': GET_ORDER } }],
    ['a name with a space', { name: 'e p' }],
    ['a name after a space', { name: ' erp' }],
    ['a name before a space', { name: 'erp ' }],
    ['an address after a space', { baseUrl: ' https://erp.example.com' }],
    ['an address with a fragment', { baseUrl: 'https://erp.example.com/api#1' }],
    ['an address with a space', { baseUrl: 'https://erp.example.com/a b' }],
    ['an address of another scheme', { baseUrl: 'ftp://localhost' }],
    ['http to a host that only begins like loopback', { baseUrl: 'http://localhost.example.com' }],
    ['http to a host that only ends like loopback', { baseUrl: 'http://not-localhost' }],
    ['http to an address that is not loopback', { baseUrl: 'http://128.0.0.1' }],
    ['http to a name that begins like a loopback address', { baseUrl: 'http://127.0.0.1.example.com' }],
  ])('do not hold %s', (_what, more) => {
    expect(faultsWith(more)).toHaveLength(1);
  });

  it.each([
    ['slots', '5', 'a whole number of slots from 1 to 900'],
    ['name', 7, 'a name of 2 to 40 characters a-z, 0-9 and -, starting with a letter'],
    ['limits', '20/1s', 'a list of limits such as {"calls": 20, "windowMs": 1000}'],
    ['baseUrl', 7, 'an https:// address without query or credentials (http:// only on a loopback address)'],
  ])('are told of %s also where it is of another type', (name, value, allowed) => {
    const got = typeof value === 'string' ? `"${value}"` : value;

    expect(faultsOf(() => parseConfig({ ...aConfigInput(), [name]: value }))).toEqual([
      `${name}: expected ${allowed} but got ${got}`,
    ]);
    expect(faultsWith(high({ minShareRatio: 'half' }))).toEqual([
      'priorities.HIGH.minShareRatio: expected a ratio from 0 to 1 but got "half"',
    ]);
  });

  it('leave nothing unsaid where a method or a retention is unknown', () => {
    expect(faultsOf(() => parseConfig({ ...aConfigInput(operation({ method: 'HEAD' })) }))).toEqual([
      'operations.getOrder.method: expected one of GET, POST, PUT, PATCH, DELETE but got "HEAD"',
    ]);
    expect(faultsOf(() => parseConfig({ ...aConfigInput(), logRetentionDays: 2 }))).toEqual([
      'logRetentionDays: expected one of 1, 3, 5, 7, 14, 30, 60, 90, 180, 365 but got 2',
    ]);
    expect(faultsOf(() => parseConfig(aConfigInput(lookup({ method: 'PUT' }))))).toEqual([
      'operations.bookOrder.lookup.method: expected one of GET, POST but got "PUT"',
    ]);
  });
});

describe('a lookup of an idempotent operation', () => {
  it('is refused, because such a call is simply repeated', () => {
    const operations = { getOrder: { ...GET_ORDER, lookup: { path: '/b' } } };

    expect(faultsOf(() => parseConfig(aConfigInput({ operations })))).toEqual([
      'operations.getOrder: lookup on an idempotent operation, which is simply repeated; remove it, or declare effect once',
    ]);
  });
});

describe('ConfigError', () => {
  it('counts one fault as one, and has a name', () => {
    const refused = new ConfigError('the environment', ['TABLE_NAME: missing']);

    expect(refused.message).toBe('the environment has 1 fault:\n  - TABLE_NAME: missing');
    expect(refused.name).toBe('ConfigError');
  });

  it('names the orchestrator configuration unless told otherwise', () => {
    expect(() => parseConfig(7)).toThrow(/^orchestrator configuration has 1 fault:/);
  });
});
