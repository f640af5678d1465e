import type { OrchestratorConfig } from '../core/config/orchestrator-config.js';

const CONNECTION_TIMEOUT_MS = 2_000;
const REQUEST_TIMEOUT_MS = 5_000;

/** Settings for AWS clients that answer at once: three attempts, none of which can hang. */
export const PROMPT_CLIENT = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: CONNECTION_TIMEOUT_MS, requestTimeout: REQUEST_TIMEOUT_MS },
} as const;

/** The same for the SQS client, whose last long poll waits as long as the slot lingers. */
export function longPollClient({ lingerSeconds }: OrchestratorConfig) {
  const requestTimeout = REQUEST_TIMEOUT_MS + lingerSeconds * 1_000;
  return { maxAttempts: 3, requestHandler: { connectionTimeout: CONNECTION_TIMEOUT_MS, requestTimeout } };
}
