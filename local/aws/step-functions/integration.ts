/**
 * What a Task state's `Resource` does: takes the evaluated `Arguments`, returns the service's answer.
 *
 * Throws an IntegrationError for a failure that a workflow may name in Retry and Catch; anything else that it throws
 * fails the task as `States.TaskFailed`.
 */
export type Integration = (args: unknown) => Promise<unknown>;

/** Thrown by an integration when the service refused or could not be reached, e.g. `SQS.SdkClientException`. */
export class IntegrationError extends Error {
  readonly error: string;

  constructor(error: string, cause: string) {
    super(cause);
    this.name = 'IntegrationError';
    this.error = error;
  }
}
