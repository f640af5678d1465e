/** Attributes of the one table that infra declares: its key, and the time to live in epoch seconds. */
export const TABLE = { partitionKey: 'pk', sortKey: 'sk', timeToLive: 'expiresAtSeconds' } as const;

/** Items that count the calls of a tenant in a class and a window: only `rate-limited-call` knows and touches them. */
export const TENANT_COUNTS = {
  /** Of the partition key; the class and the tenant's hash follow. */
  partitionPrefix: (api: string) => `tenants#${api}#`,
  calls: 'calls',
} as const;

/** Keys of the items in the table. `api` is the orchestrator's name. */
export const TABLE_KEYS = {
  control: (api: string) => ({ pk: `control#${api}`, sk: 'control' }),
  quotaBook: (api: string) => ({ pk: `quota#${api}`, sk: 'book' }),
  slot: (api: string, slotId: string) => ({ pk: `slots#${api}`, sk: slotId }),
  call: (
    api: string,
    { operation, idempotencyKey }: { readonly operation: string; readonly idempotencyKey: string },
  ) => ({
    pk: `call#${api}#${operation}`,
    sk: idempotencyKey,
  }),
} as const;
