/** A failure inside an execution, named so that Retry and Catch can match it. */
export class StateError extends Error {
  /** Absent when a callback gave no error name. */
  readonly error: string | undefined;
  readonly causeText: string | undefined;
  readonly #alsoMatchedBy: string | undefined;

  constructor(error: string | undefined, causeText: string | undefined, alsoMatchedBy?: string) {
    super(`${error ?? 'unnamed error'}: ${causeText ?? 'no cause given'}`);
    this.name = 'StateError';
    this.error = error;
    this.causeText = causeText;
    this.#alsoMatchedBy = alsoMatchedBy;
  }

  /**
   * Whether a retrier or catcher with these names takes this error.
   *
   * `States.ALL` takes all but the terminal two; `States.TaskFailed` takes all but timeouts and those two; States.Runtime
   * is taken by nothing. https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
   */
  isMatchedBy(names: readonly string[]): boolean {
    if (this.error === 'States.Runtime') return false;
    return names.some((name) => this.#isMatchedByName(name));
  }

  /** What a redrive does not spare what had succeeded. */
  get isDataLimitExceeded(): boolean {
    return this.error === 'States.DataLimitExceeded';
  }

  /** `$states.errorOutput`; AWS gives null for what a callback left out and an empty cause for a timeout. */
  get output(): { readonly Error: string | null; readonly Cause: string | null } {
    return { Error: this.error ?? null, Cause: this.causeText ?? null };
  }

  /** As history and DescribeExecution show it: absent parts are left out. */
  get details(): { readonly error?: string; readonly cause?: string } {
    return {
      ...(this.error === undefined ? {} : { error: this.error }),
      ...(this.causeText === undefined || this.causeText === '' ? {} : { cause: this.causeText }),
    };
  }

  #isMatchedByName(name: string): boolean {
    if (name === this.error || (name === this.#alsoMatchedBy && name !== '')) return true;
    const terminal = this.isDataLimitExceeded;
    if (name === 'States.ALL') return !terminal;
    return name === 'States.TaskFailed' && !terminal && this.error !== 'States.Timeout';
  }
}

/** A task that did not end within TimeoutSeconds. */
export function taskTimeout(): StateError {
  return new StateError('States.Timeout', '');
}

/**
 * A task that sent no heartbeat within HeartbeatSeconds.
 *
 * AWS reports it as States.Timeout, yet lets Retry and Catch name it States.HeartbeatTimeout: both names match.
 */
export function heartbeatTimeout(): StateError {
  return new StateError('States.Timeout', '', 'States.HeartbeatTimeout');
}

/** An expression that failed, or returned nothing or the wrong type. */
export function queryEvaluationError(causeText: string): StateError {
  return new StateError('States.QueryEvaluationError', causeText);
}
