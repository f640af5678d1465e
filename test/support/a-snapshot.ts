import { OPEN_CONTROL } from '../../lambdas/core/control.js';
import type { Snapshot } from '../../lambdas/core/status/snapshot.js';
import { aConfig } from './a-config.js';

export const SNAPSHOT_AT_MS = Date.parse('2030-01-31T12:00:00Z');

/** NORMAL and BATCH wait, nothing is wrong. */
export function aSnapshot(more: Partial<Snapshot> = {}): Snapshot {
  return {
    atMs: SNAPSHOT_AT_MS,
    config: aConfig({ limits: [{ calls: 20, windowMs: 1_000 }], slots: 5 }),
    queues: {
      HIGH: { waiting: 0, inFlight: 0 },
      NORMAL: { waiting: 20, inFlight: 2 },
      BATCH: { waiting: 180, inFlight: 0 },
    },
    parked: 0,
    control: OPEN_CONTROL,
    slotRecords: [],
    quotaBook: [],
    oldest: {
      HIGH: undefined,
      NORMAL: { atMs: SNAPSHOT_AT_MS - 5_000, exact: true },
      BATCH: { atMs: SNAPSHOT_AT_MS - 9_000, exact: false },
    },
    failures: [],
    ...more,
  };
}
