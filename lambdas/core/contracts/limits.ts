/**
 * Largest input, output or task result that Step Functions carries, in UTF-8 bytes.
 * https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
export const STATE_DATA_MAX_BYTES = 262_144;

/**
 * Longest cause that SendTaskFailure takes, in characters.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskFailure.html
 */
export const CAUSE_MAX_CHARACTERS = 32_768;

/**
 * Largest payload of one call, in UTF-8 bytes: what state data leaves once the token (2 KiB at most) and the
 * other fields of the task request have their room.
 */
export const PAYLOAD_MAX_BYTES = STATE_DATA_MAX_BYTES - 16_384;

/**
 * Largest total size of a function's environment variables, in bytes.
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export const LAMBDA_ENVIRONMENT_MAX_BYTES = 4_096;

/**
 * How far ahead a call may be scheduled, in days: a Standard execution lives for one year, and after its wait the call
 * may still spend 13 days in its queue, the longest that a task may wait.
 * https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
export const NOT_BEFORE_MAX_DAYS = 350;

/** Most items of one batch: far more than a Distributed Map has ever been asked to run. */
export const BATCH_ITEMS_MAX = 100_000_000;

/** How many of a batch's items may fail where its input does not say. */
export const BATCH_TOLERATED_FAILURE_PERCENTAGE = 5;
