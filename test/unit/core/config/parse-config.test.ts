import type { OrchestratorConfigInput } from '../../../../lambdas/core/config/orchestrator-config.js';
import { ConfigError, parseConfig } from '../../../../lambdas/core/config/parse-config.js';
import { aConfigInput } from '../../../support/a-config.js';
import { faultsOf } from '../../../support/faults-of.js';

const GET_ORDER = { path: '/orders', effect: 'idempotent', timeoutMs: 3_000 } as const;

const retrying = (...retryableStatuses: number[]) => ({
  operations: { getOrder: { ...GET_ORDER, retryableStatuses } },
});

describe('parseConfig', () => {
  it('fills in every default', () => {
    expect(
      parseConfig(aConfigInput({ arrivalJitterMs: undefined, operations: { getOrder: GET_ORDER } })),
    ).toEqual({
      name: 'erp',
      baseUrl: 'https://erp.example.com/api',
      limits: [{ calls: 1, windowMs: 1_000 }],
      slots: 1,
      arrivalJitterMs: 30,
      serviceTimeMaxMs: 5_000,
      connectionIdleMaxMs: 4_000,
      operations: { getOrder: { ...GET_ORDER, method: 'POST', retryableStatuses: [] } },
      priorities: {
        HIGH: { minShareRatio: 0.5, taskTimeoutSeconds: 3_600, ageObjectiveSeconds: 600 },
        NORMAL: { minShareRatio: 0.05, taskTimeoutSeconds: 86_400, ageObjectiveSeconds: 14_400 },
        BATCH: { minShareRatio: 0.05, taskTimeoutSeconds: 259_200, ageObjectiveSeconds: 43_200 },
      },
      slotBudgetMs: 60_000,
      ringEveryMs: 5_000,
      lingerSeconds: 1,
      maintenance: [],
      livenessAfterMs: 5_000,
      maxDeferrals: 5,
      maxReceiveCount: 20,
      ledgerRetentionDays: 45,
      memoryMb: 384,
      logRetentionDays: 30,
      alarms: { enabled: true, runbookUrl: 'docs/runbook.md' },
    });
  });

  it('takes what it returned once more', () => {
    const config = parseConfig(aConfigInput());

    expect(parseConfig(config)).toEqual(config);
  });

  it('refuses a configuration with every fault at once', () => {
    const input = { ...aConfigInput({ slots: 0, baseUrl: 'erp.example.com' }), name: undefined, slotz: 1 };

    expect(faultsOf(() => parseConfig(input))).toEqual([
      'name: missing; add it',
      expect.stringMatching(/^baseUrl: expected an https:\/\/ address/),
      expect.stringMatching(/^slots: expected a whole number of slots from 1 to 900 but got 0/),
      'slotz: unknown field; remove it or correct its name',
    ]);
  });

  it.each<[string, Partial<OrchestratorConfigInput>]>([
    ['name', { name: 'ERP' }],
    ['name', { name: '1erp' }],
    ['name', { name: 'erp-' }],
    ['name', { name: 'e'.repeat(41) }],
    ['baseUrl', { baseUrl: 'http://erp.example.com' }],
    ['baseUrl', { baseUrl: 'https://user:secret@erp.example.com' }],
    ['baseUrl', { baseUrl: 'https://erp.example.com/api?key=1' }],
    ['limits[0].calls', { limits: [{ calls: 0, windowMs: 1_000 }] }],
    ['limits[0].windowMs', { limits: [{ calls: 1, windowMs: 31 * 86_400_000 + 1 }] }],
    ['slots', { slots: 901 }],
    ['slots', { slots: 1.5 }],
    ['serviceTimeMaxMs', { serviceTimeMaxMs: 0 }],
    ['operations', { operations: {} }],
    ['operations.2nd', { operations: { '2nd': GET_ORDER } }],
    ['operations.getOrder.path', { operations: { getOrder: { ...GET_ORDER, path: 'orders' } } }],
    ['operations.getOrder.timeoutMs', { operations: { getOrder: { ...GET_ORDER, timeoutMs: 0 } } }],
    ['operations.getOrder.retryableStatuses[1]', retrying(503, 200)],
    ['operations.getOrder.retryableStatuses[0]', retrying(429)],
    ['operations.getOrder.retryableStatuses[0]', retrying(600)],
    ['operations.getOrder.retryableStatuses[0]', retrying(503.5)],
    ['priorities.HIGH.minShareRatio', { priorities: { HIGH: { minShareRatio: 1.1 } } }],
    ['priorities.BATCH.taskTimeoutSeconds', { priorities: { BATCH: { taskTimeoutSeconds: 59 } } }],
    ['slotBudgetMs', { slotBudgetMs: 999 }],
    ['lingerSeconds', { lingerSeconds: 0 }],
    ['maxReceiveCount', { maxReceiveCount: 1 }],
    ['ledgerRetentionDays', { ledgerRetentionDays: 41 }],
  ])('refuses a bad %s: %j', (path, more) => {
    const faults = faultsOf(() => parseConfig(aConfigInput(more)));

    expect(faults).toEqual([
      expect.stringMatching(new RegExp(`^${path.replace(/[[\].]/g, '\\$&')}: expected `)),
    ]);
  });

  it.each([
    'http://localhost:8080',
    'http://127.0.0.1:8080/api',
    'http://[::1]:8080',
    'https://erp.example.com:8443',
  ])('takes the address %s', (baseUrl) => {
    expect(parseConfig(aConfigInput({ baseUrl })).baseUrl).toBe(baseUrl);
  });

  it.each(['https://erp.example.com:99999', 'https://[:::]', 'https://%%%', 'https://256.1.1.1'])(
    'refuses the address %s, at which nothing can be called',
    (baseUrl) => {
      expect(faultsOf(() => parseConfig(aConfigInput({ baseUrl })))).toEqual([
        expect.stringMatching(/^baseUrl: expected an https:\/\/ address/),
      ]);
    },
  );

  it.each(['constructor', 'prototype', '__proto__'])(
    'refuses an operation named %s instead of losing it',
    (name) => {
      const operations: unknown = JSON.parse(`{"getOrder":${JSON.stringify(GET_ORDER)},"${name}":{}}`);

      expect(faultsOf(() => parseConfig({ ...aConfigInput(), operations }))).toEqual([
        expect.stringMatching(/^operations: expected operation names other than /),
      ]);
    },
  );

  it.each(['toString', 'constructor', '__proto__'])('knows no operation %s by inheritance', (name) => {
    expect(parseConfig(aConfigInput()).operations[name]).toBeUndefined();
  });

  it('refuses an effect that nobody knows', () => {
    const getOrder = { ...GET_ORDER, effect: 'twice' };

    expect(faultsOf(() => parseConfig({ ...aConfigInput(), operations: { getOrder } }))).toEqual([
      'operations.getOrder.effect: expected one of idempotent, once but got "twice"',
    ]);
  });

  it.each([undefined, null, 7, 'erp'])('refuses %j, which is no configuration', (input) => {
    expect(faultsOf(() => parseConfig(input))).toHaveLength(1);
  });

  it('names what it refuses, and every fault, in its message', () => {
    const refused = new ConfigError('ORCHESTRATOR_CONFIG', ['name: missing', 'slots: missing']);

    expect(refused.message).toBe('ORCHESTRATOR_CONFIG has 2 faults:\n  - name: missing\n  - slots: missing');
    expect(refused.code).toBe('CONFIG');
  });
});
