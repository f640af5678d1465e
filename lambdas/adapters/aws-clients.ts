import type { OrchestratorConfig } from '../core/config/orchestrator-config.js';

const CONNECTION_TIMEOUT_MS = 2_000;
const REQUEST_TIMEOUT_MS = 5_000;

/** Of an AWS client: three attempts, none of which can hang. Without the last flag a timeout is only a warning. */
const promptly = (requestTimeout: number) =>
  ({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: CONNECTION_TIMEOUT_MS, requestTimeout, throwOnRequestTimeout: true },
  }) as const;

/** Settings for AWS clients that answer at once. */
export const PROMPT_CLIENT = promptly(REQUEST_TIMEOUT_MS);

/** The same for the SQS client, whose last long poll waits as long as the slot lingers. */
export function longPollClient({ lingerSeconds }: OrchestratorConfig) {
  return promptly(REQUEST_TIMEOUT_MS + lingerSeconds * 1_000);
}

/** For results of some megabytes: both attempts end within `RESULT_STORE_MAX_MS`. */
export const RESULT_CLIENT = {
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 500, requestTimeout: 3_500, throwOnRequestTimeout: true },
} as const;

/** For callbacks, which core repeats itself: an attempt and its repeat end within `CALLBACK_MAX_MS`. */
export const CALLBACK_CLIENT = {
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 500, requestTimeout: 1_500, throwOnRequestTimeout: true },
} as const;
