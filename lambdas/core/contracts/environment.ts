import type { Priority } from './priority.js';

/** Names of the worker's environment variables: written by infra, read once at cold start by the worker. */
export const WORKER_ENVIRONMENT = {
  config: 'ORCHESTRATOR_CONFIG',
  tableName: 'TABLE_NAME',
  doorbellUrl: 'DOORBELL_URL',
} as const;

/** Name of the environment variable that holds a priority queue's URL. */
export function queueUrlVariable(priority: Priority): `QUEUE_URL_${Priority}` {
  return `QUEUE_URL_${priority}`;
}

/** Name of the environment variable that holds the URL of a priority queue's dead-letter queue. */
export function deadLetterUrlVariable(priority: Priority): `DEAD_LETTER_URL_${Priority}` {
  return `DEAD_LETTER_URL_${priority}`;
}
