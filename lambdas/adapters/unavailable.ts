import { UnavailableError } from '../core/intake/ports.js';

/** Whose names alone tell it: Step Functions and SQS spell throttling in several ways. */
const THROTTLED = new Set([
  'ThrottlingException',
  'TooManyRequestsException',
  'RequestThrottled',
  'RequestLimitExceeded',
  'ExecutionLimitExceeded',
  'KmsThrottlingException',
]);

const NETWORK = new Set(['TimeoutError', 'ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EPIPE', 'ETIMEDOUT']);

/**
 * The answer of an AWS service, or an UnavailableError where it throttles or cannot be reached. Anything else is thrown
 * as it came. The name only: messages of a service may quote what was sent.
 */
export async function unlessUnavailable<T>(sent: Promise<T>): Promise<T> {
  try {
    return await sent;
  } catch (error) {
    const root = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const name = nameOf(root);
    if (!isTransient(root)) throw error;
    throw new UnavailableError(`an AWS service does not answer: ${name}`, { cause: error });
  }
}

function isTransient(error: unknown): boolean {
  const { $fault, $metadata, code } = Object(error) as {
    readonly $fault?: string;
    readonly $metadata?: { readonly httpStatusCode?: number };
    readonly code?: string;
  };
  return (
    THROTTLED.has(nameOf(error)) ||
    NETWORK.has(nameOf(error)) ||
    NETWORK.has(code ?? '') ||
    $fault === 'server' ||
    ($metadata?.httpStatusCode ?? 0) >= 500 ||
    $metadata?.httpStatusCode === 429
  );
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown error';
}
