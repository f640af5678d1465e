import type { Lane } from './lane.js';

const CONFIG = { config: 'ORCHESTRATOR_CONFIG' } as const;

const COMMON = {
  ...CONFIG,
  tableName: 'TABLE_NAME',
  /** Of the queue where messages rest for people. */
  parkedUrl: 'PARKED_URL',
} as const;

/** Names of the worker's environment variables: written by infra, read once at cold start by the worker. */
export const WORKER_ENVIRONMENT = { ...COMMON, doorbellUrl: 'DOORBELL_URL' } as const;

/** Of the worker too, where the configuration offloads results: the bucket for them. */
export const RESULTS_BUCKET_VARIABLE = 'RESULTS_BUCKET';

/** The same for the dead-letter function. */
export const DEAD_LETTER_ENVIRONMENT = { ...COMMON, deadLetterUrl: 'DEAD_LETTER_URL' } as const;

/** The same for the function that starts calls for events, and answers them. */
export const EVENTS_ENVIRONMENT = { ...CONFIG, stateMachineArn: 'STATE_MACHINE_ARN' } as const;

/** And for the intake, which parks nothing. */
export const INTAKE_ENVIRONMENT = {
  config: COMMON.config,
  tableName: COMMON.tableName,
  doorbellUrl: WORKER_ENVIRONMENT.doorbellUrl,
  stateMachineArn: 'STATE_MACHINE_ARN',
} as const;

/** Name of the environment variable that holds the URL of a priority queue or of its overflow. */
export function queueUrlVariable(lane: Lane): `QUEUE_URL_${Lane}` {
  return `QUEUE_URL_${lane}`;
}
